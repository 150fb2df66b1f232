namespace Plumbline.Certificates;

/// <summary>How far a certificate can be traced to one that is trusted.</summary>
public enum PathState
{
    /// <summary>No trusted certificates were given.</summary>
    NotChecked,
    /// <summary>Every link holds and every certificate was valid at the time.</summary>
    Trusted,
    /// <summary>No path leads to a trusted certificate.</summary>
    Unknown,
    /// <summary>The path holds, but a certificate in it was not valid at the time.</summary>
    OutOfDate,
    /// <summary>A link is wrong: a signature does not verify, or a certificate may not issue.</summary>
    Broken,
    /// <summary>A certificate in the path needs what is not judged here.</summary>
    Unsupported,
}

/// <summary>A path from a certificate to a trusted one, checked by own code after RFC 5280 section 6 (signatures, names, authority, path length, key usage, validity, critical extensions). Revocation is not part of it: the log says what has happened to a key.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Certificates">The path, the certificate itself first; as far as it could be built.</param>
/// <param name="At">The time it was judged for.</param>
/// <param name="Fault">The certificate and reason that decided the verdict, in English; null where it is trusted or not checked.</param>
public sealed record CertificatePath(PathState State, IReadOnlyList<KeyCertificate> Certificates, DateTimeOffset At, string? Fault = null)
{
    private const int Longest = 8, MostSteps = 256; // certificates of one name in any number would make a maze

    /// <summary>Builds and checks a path.</summary>
    /// <param name="certificate">The one to trace.</param>
    /// <param name="others">Certificates at hand that may stand between; they are not trusted.</param>
    /// <param name="anchors">Trusted certificates. With none the state is <see cref="PathState.NotChecked"/>.</param>
    /// <param name="at">The time that validity is judged for.</param>
    /// <remarks>A trusted certificate is trusted as it is: its own signature is not checked, its validity and its right to issue are.</remarks>
    public static CertificatePath Check(KeyCertificate certificate, IEnumerable<KeyCertificate> others, IReadOnlyCollection<KeyCertificate> anchors, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(anchors);
        if (anchors.Count == 0)
            return new(PathState.NotChecked, [certificate], at);
        var candidates = others.Where(o => !o.IsSelfIssued).ToList();
        CertificatePath? best = null;
        var steps = MostSteps;
        Extend([certificate]);
        return best ?? new(PathState.Unknown, [certificate], at, certificate.Issuer);

        // Depth first, over every issuer of the right name: two certificates of one authority (a renewed one) may both be at hand.
        void Extend(List<KeyCertificate> path)
        {
            if (best?.State == PathState.Trusted || --steps < 0)
                return;
            var last = path[^1];
            if (anchors.Any(a => a.Der.Span.SequenceEqual(last.Der.Span)))
            {
                Take(Judge(path, at));
                return;
            }
            if (path.Count == Longest)
                return;
            foreach (var issuer in anchors.Concat(candidates).Where(i => Issued(i, last) && !path.Exists(p => p.Der.Span.SequenceEqual(i.Der.Span))))
                Extend([.. path, issuer]);
        }

        void Take(CertificatePath found)
        {
            if (best is null || Rank(found.State) < Rank(best.State))
                best = found;
        }
    }

    private static int Rank(PathState state) => state switch { PathState.Trusted => 0, PathState.OutOfDate => 1, PathState.Unsupported => 2, _ => 3 };

    private static bool Issued(KeyCertificate issuer, KeyCertificate certificate) =>
        issuer.RawSubject.Span.SequenceEqual(certificate.RawIssuer.Span)
        && (certificate.Extensions.AuthorityKey is not { } wanted || issuer.Extensions.SubjectKey is not { } has || wanted.AsSpan().SequenceEqual(has));

    private static CertificatePath Judge(List<KeyCertificate> path, DateTimeOffset at)
    {
        CertificatePath Verdict(PathState state, KeyCertificate at1, string reason) => new(state, path, at, $"{at1.Subject}: {reason}");

        for (var i = 1; i < path.Count; i++)
        {
            if (path[i - 1].IsSignedBy(path[i]) is not { } signed)
                return Verdict(PathState.Unsupported, path[i - 1], $"signature algorithm {X509Algorithms.NameOf(path[i - 1].SignatureOid)}");
            if (!signed)
                return Verdict(PathState.Broken, path[i - 1], "signature");
            if (!path[i].Extensions.MayIssue)
                return Verdict(PathState.Broken, path[i], "basicConstraints, keyUsage");
            // Self-issued certificates (a renewed key) do not count; the path length is that of the authorities below.
            if (path[i].Extensions.PathLength < path.Take(i).Skip(1).Count(c => !c.IsSelfIssued))
                return Verdict(PathState.Broken, path[i], "pathLenConstraint");
        }
        foreach (var certificate in path)
        {
            if (certificate.Extensions.UnknownCritical is { } oid)
                return Verdict(PathState.Unsupported, certificate, $"critical extension {oid}");
            if (at < certificate.NotBefore || at > certificate.NotAfter)
                return Verdict(PathState.OutOfDate, certificate, $"{certificate.NotBefore:yyyy-MM-dd HH:mm:ss}Z – {certificate.NotAfter:yyyy-MM-dd HH:mm:ss}Z");
        }
        return new(PathState.Trusted, path, at);
    }
}
