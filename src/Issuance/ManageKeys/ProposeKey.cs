using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What a signatory enters to begin a key ceremony.</summary>
public sealed record KeyProposal
{
    /// <summary>Code of the institution.</summary>
    public string? Institution { get; set; }
    /// <summary><c>EcdsaP256</c> or <c>Sm2</c>, for a key made here.</summary>
    public string? Algorithm { get; set; }
    /// <summary>A public key in PEM, for a key that the institution keeps itself.</summary>
    public string? External { get; set; }
    /// <summary>Last day on which it may sign.</summary>
    public string? ValidTo { get; set; }
    /// <summary>Fingerprint of the key whose place it takes.</summary>
    public string? Replaces { get; set; }
}

public sealed record KeyReceipt(Guid Id, string Fingerprint);

/// <summary>密钥仪式（一）: one person of the institution has a key made, or names one that the institution keeps itself. It signs nothing until another person takes it into use.</summary>
public sealed class ProposeKey(PlumblineDb db, KeyFolder keys, TimeProvider clock, LocalTime local)
{
    public async Task<Outcome<KeyReceipt>> RunAsync(KeyProposal proposal, Actor actor, CancellationToken cancel = default)
    {
        var code = proposal.Institution?.Trim();
        var institution = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancel);
        if (institution is null)
            return new Refusal("key-institution", nameof(proposal.Institution), code);
        if (!actor.MayKeepKeysOf(institution.Id))
            return OutcomeKind.Forbidden;
        var others = await db.IssuingKeys.AsNoTracking().Where(k => k.OrganisationId == institution.Id).ToListAsync(cancel);
        var (terms, refusals) = ProposalTerms.Read(proposal, others, local.Today);
        if (institution.State != OrganisationState.Active)
            refusals.Add(new("key-inactive", nameof(proposal.Institution), institution.State));
        if (terms.External is { } given && await db.IssuingKeys.AnyAsync(k => k.Fingerprint == given.Id, cancel))
            refusals.Add(new("key-known", nameof(proposal.External), given.Id));
        if (refusals.Count > 0)
            return refusals;
        var key = terms.External ?? keys.Create(terms.Algorithm);
        var now = clock.GetUtcNow();
        var row = new IssuingKey
        {
            Id = Guid.CreateVersion7(now), OrganisationId = institution.Id, Fingerprint = key.Id, Algorithm = key.Algorithm, PublicKey = key.Spki.ToArray(), HeldHere = terms.External is null,
            ReplacesId = terms.Replaces, State = KeyState.Proposed, ProposedBy = actor.PersonId!.Value, ProposedByName = actor.Name, ProposedAt = now, ValidTo = terms.ValidTo,
        };
        db.IssuingKeys.Add(row);
        await db.SaveChangesAsync(cancel);
        return new KeyReceipt(row.Id, row.Fingerprint);
    }
}

internal sealed record ProposalTerms(SignatureAlgorithm Algorithm, PublicKey? External, DateOnly ValidTo, Guid? Replaces)
{
    public static (ProposalTerms Terms, List<Refusal> Refusals) Read(KeyProposal proposal, IReadOnlyList<IssuingKey> others, DateOnly today)
    {
        var refusals = new List<Refusal>();
        var external = string.IsNullOrWhiteSpace(proposal.External) ? null : ReadPem(proposal.External, refusals);
        var algorithm = external?.Algorithm ?? (Enum.TryParse<SignatureAlgorithm>(proposal.Algorithm, out var asked) ? asked : SignatureAlgorithm.Ed25519);
        if (string.IsNullOrWhiteSpace(proposal.External) && algorithm is not (SignatureAlgorithm.EcdsaP256 or SignatureAlgorithm.Sm2))
            refusals.Add(new("key-algorithm", nameof(proposal.Algorithm), proposal.Algorithm));
        if (!DateOnly.TryParseExact(proposal.ValidTo?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var validTo) || validTo <= today || validTo > today.AddYears(IssuingKey.MostYears))
            refusals.Add(new("key-valid-to", nameof(proposal.ValidTo), proposal.ValidTo, today.AddDays(1), today.AddYears(IssuingKey.MostYears)));
        if (others.Any(k => k.State == KeyState.Proposed && k.Algorithm == algorithm))
            refusals.Add(new("key-proposed-already", nameof(proposal.Algorithm), algorithm));
        var replaced = proposal.Replaces?.Trim() is { Length: > 0 } named ? others.SingleOrDefault(k => k.Fingerprint == named && k.State == KeyState.Active) : null;
        if (!string.IsNullOrWhiteSpace(proposal.Replaces) && (replaced is null || replaced.Algorithm != algorithm))
            refusals.Add(new("key-replaces", nameof(proposal.Replaces), proposal.Replaces));
        if (replaced is null && others.FirstOrDefault(k => k.Algorithm == algorithm && k.Signs(today)) is { } active)
            refusals.Add(new("key-active-already", nameof(proposal.Replaces), active.Fingerprint, algorithm));
        return (new(algorithm, external, validTo, replaced?.Id), refusals);
    }

    private static PublicKey? ReadPem(string text, List<Refusal> refusals)
    {
        try
        {
            var fields = PemEncoding.Find(text);
            if (text[fields.Label] == "PUBLIC KEY" && PublicKey.FromSpki(Convert.FromBase64String(text[fields.Base64Data])) is { Algorithm: not SignatureAlgorithm.Ed25519 } key)
                return key;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or CryptographicException)
        {
            // Said below, together with what else is wrong.
        }
        refusals.Add(new("key-pem", nameof(KeyProposal.External)));
        return null;
    }
}
