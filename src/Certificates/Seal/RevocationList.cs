namespace Plumbline.Certificates;

/// <summary>The certificates that are not in force, by the dense status index that each got at issue; signed, and small enough for a telephone: the gaps are Golomb–Rice coded. Immutable, safe for use by several threads.</summary>
public sealed class RevocationList
{
    private readonly uint[][] sections;
    private readonly RevocationFile.Parts? parts;

    private RevocationList(RevocationFile.Head head, uint[][] sections, RevocationFile.Parts? parts)
    {
        (Head, this.sections, this.parts) = (head, sections, parts);
    }

    /// <summary>Number of the list; a later one has a larger number.</summary>
    public uint Number => Head.Number;

    /// <summary>When it was made, to the second.</summary>
    public DateTimeOffset Issued => Head.Issued;

    /// <summary>When the next one is due; after that this one is out of date.</summary>
    public DateTimeOffset NextUpdate => Head.NextUpdate;

    /// <summary>The first status index that the list speaks of.</summary>
    public uint First => Head.First;

    /// <summary>How many indices it speaks of, in force or not.</summary>
    public uint Range => Head.Range;

    /// <summary>Id of the key that signed the file; null for a list that was made here and not read from one.</summary>
    public string? KeyId => parts?.KeyId;

    internal RevocationFile.Head Head { get; }

    /// <summary>Makes a list.</summary>
    /// <param name="number">Number of the list, larger than the last one's.</param>
    /// <param name="issued">When it is made.</param>
    /// <param name="nextUpdate">When the next is due, not before <paramref name="issued"/>.</param>
    /// <param name="first">The first status index it speaks of.</param>
    /// <param name="range">How many indices it speaks of.</param>
    /// <param name="listed">Index and status of every certificate that is not in force, in any order.</param>
    /// <exception cref="ArgumentException">An index lies outside the range or stands twice, a status says that it is not listed, or the dates are out of order.</exception>
    public static RevocationList Create(uint number, DateTimeOffset issued, DateTimeOffset nextUpdate, uint first, uint range, IEnumerable<KeyValuePair<uint, ListedStatus>> listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        if (nextUpdate < issued)
            throw new ArgumentException($"The next update ({nextUpdate:O}) lies before the list ({issued:O}).", nameof(nextUpdate));
        if (range > uint.MaxValue - first)
            throw new ArgumentException($"The range from {first} of {range} indices does not fit 32 bits.", nameof(range));
        var sections = Enumerable.Range(0, RevocationFile.Sections).Select(_ => new List<uint>()).ToArray();
        foreach (var (index, status) in listed)
        {
            if (index < first || index - first >= range)
                throw new ArgumentException($"Status index {index} lies outside {first} … {first + range}.", nameof(listed));
            if (status is < ListedStatus.Revoked or > ListedStatus.Superseded)
                throw new ArgumentException($"Status index {index} is given as {status}; a listed certificate is revoked, suspended or superseded.", nameof(listed));
            sections[(int)status - 1].Add(index - first);
        }
        uint[][] sorted = [.. sections.Select(s => s.Order().ToArray())];
        if (!RevocationFile.AreApart(sorted))
            throw new ArgumentException("A status index stands twice.", nameof(listed));
        return new(new(number, Whole(issued), Whole(nextUpdate), first, range), sorted, null);
    }

    /// <summary>Reads a file. Its signature is judged by <see cref="Verify"/>.</summary>
    public static Reading<RevocationList> Read(ReadOnlySpan<byte> file)
    {
        var read = RevocationFile.Read(file, delta: false);
        return read.Value is { } parts ? new(new RevocationList(parts.Head, parts.Sections, parts)) : new(null, read.Findings);
    }

    /// <summary>The list as a signed file.</summary>
    public byte[] Sign(ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return RevocationFile.Sign(Head, null, null, sections, signer);
    }

    /// <summary>The file that turns <paramref name="earlier"/> into this list.</summary>
    /// <exception cref="ArgumentException">The earlier list's number is not smaller, or it speaks of other first indices or more indices.</exception>
    public byte[] SignDelta(RevocationList earlier, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(signer);
        if (earlier.Number >= Number || earlier.First != First || earlier.Range > Range)
            throw new ArgumentException($"List {earlier.Number} ({earlier.First}, {earlier.Range}) is not an earlier one of list {Number} ({First}, {Range}).", nameof(earlier));
        uint[][] changes = [.. sections.Select((s, i) => s.Except(earlier.sections[i]).ToArray()), .. earlier.sections.Select((s, i) => s.Except(sections[i]).ToArray())];
        return RevocationFile.Sign(Head, earlier.Number, RevocationFile.Digest(RevocationFile.Content(Head, sections)), changes, signer);
    }

    /// <summary>The later list, from this one and a delta.</summary>
    /// <param name="delta">The file of the delta.</param>
    /// <param name="trust">The trust list that says who may sign it.</param>
    /// <returns>The list, or why not: the delta is unreadable, not signed by a trusted key, or does not start from this list.</returns>
    public Reading<RevocationList> Apply(ReadOnlySpan<byte> delta, TrustList trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var read = RevocationFile.Read(delta, delta: true);
        if (read.Value is not { } change)
            return new(null, read.Findings);
        if (JudgeSignature(change, trust) is { } bad)
            return new(bad);
        if (change.BaseNumber != Number || change.Head.First != First || change.Head.Range < Range)
            return new(new Finding(FindingLayer.Log, FindingSeverity.Error, "revocation-delta-base", "revocation list", $"{change.BaseNumber}", $"{Number}"));
        uint[][] later = [.. sections.Select((s, i) => s.Except(change.Sections[i + RevocationFile.Sections]).Union(change.Sections[i]).Order().ToArray())];
        return RevocationFile.Digest(RevocationFile.Content(change.Head, later)).AsSpan().SequenceEqual(change.Digest)
            ? new(new RevocationList(change.Head, later, change))
            : new(new Finding(FindingLayer.Log, FindingSeverity.Error, "revocation-delta-result", "revocation list", $"{change.Head.Number}"));
    }

    /// <summary>Whether the file was signed by a key that may sign revocation lists, and is of use at <paramref name="now"/>.</summary>
    /// <returns>What speaks against it; empty where nothing does. An old list is a warning: what it lists stays listed.</returns>
    public IReadOnlyList<Finding> Verify(TrustList trust, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(trust);
        Finding?[] found = [JudgeSignature(trust), JudgeAge(now)];
        return [.. found.OfType<Finding>()];
    }

    /// <returns>What speaks against the signature; null where nothing does.</returns>
    internal Finding? JudgeSignature(TrustList trust) =>
        parts is null ? new(FindingLayer.Log, FindingSeverity.Error, "revocation-list-unsigned", "revocation list") : JudgeSignature(parts, trust);

    /// <returns>That the list is old; null where it is not.</returns>
    internal Finding? JudgeAge(DateTimeOffset now) =>
        now > NextUpdate ? new(FindingLayer.Log, FindingSeverity.Warning, "revocation-list-old", "revocation list", $"{NextUpdate.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : null;

    /// <summary>Whether the list speaks of this status index at all.</summary>
    public bool Covers(uint statusIndex) => statusIndex >= First && statusIndex - First < Range;

    /// <summary>What the list says of a status index, in O(log n).</summary>
    public ListedStatus StatusOf(uint statusIndex)
    {
        if (Covers(statusIndex))
            for (var i = 0; i < sections.Length; i++)
                if (Array.BinarySearch(sections[i], statusIndex - First) >= 0)
                    return (ListedStatus)(i + 1);
        return ListedStatus.NotListed;
    }

    /// <summary>The listed indices of one status, increasing.</summary>
    public IEnumerable<uint> Listed(ListedStatus status) => status is ListedStatus.NotListed ? [] : sections[(int)status - 1].Select(i => i + First);

    private static Finding? JudgeSignature(RevocationFile.Parts parts, TrustList trust)
    {
        var date = BeijingTime.DayOf(parts.Head.Issued);
        if (trust.JudgeUse(parts.KeyId, KeyUse.Status, date) is { IsTrusted: false } verdict)
            return verdict.Reason! with { Path = "revocation list" };
        return trust.FindKey(parts.KeyId)!.Key.Verify([.. RevocationFile.SigningPrefix, .. parts.Body], parts.Signature)
            ? null
            : new Finding(FindingLayer.Signature, FindingSeverity.Error, "revocation-list-signature", "revocation list", parts.KeyId);
    }

    private static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
