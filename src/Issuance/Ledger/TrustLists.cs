using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>信任清单: says to everybody, signed, who may issue what with which key and when. Each change of a key or an authorisation makes the next version.</summary>
public sealed class TrustLists(PlumblineDb db, KeyFolder keys, Platform platform, TimeProvider clock)
{
    // A reader who has not heard for so long asks again.
    private const int DaysToNext = 30;
    private const int PlatformKeyYears = 20;
    // The examples tell of past years: the platform's key stands in the list from before them. When an entry was made its place in the log tells.
    private static readonly DateOnly platformKeySince = new(2020, 1, 1);

    public Task<PublishedTrustList?> NewestAsync(CancellationToken cancel = default) => db.TrustLists.AsNoTracking().OrderByDescending(l => l.Number).FirstOrDefaultAsync(cancel);

    /// <summary>The list in force; null before anybody was authorised.</summary>
    public async Task<TrustList?> CurrentAsync(CancellationToken cancel = default) => await NewestAsync(cancel) is { } newest ? Read(newest) : null;

    public static TrustList Read(PublishedTrustList published) =>
        TrustListFile.Read(published.Content).Value ?? throw new InvalidDataException($"Trust list {published.Number} in the database cannot be read any more.");

    /// <summary>Who answers for the lists. A reader who has these keys from elsewhere need not believe this server.</summary>
    public IReadOnlyList<Custodian> Custodians() => [.. Signers().Select((s, i) => new Custodian($"{platform.Name} {i + 1}", s.PublicKey))];

    /// <summary>The platform's key: it signs the log's entries about keys, states and regulators' decisions, and the revocation lists.</summary>
    public ISigner PlatformKey => keys.Own("platform", SignatureAlgorithm.EcdsaP256);

    /// <summary>Adds the next version, made of what is saved, to the unit of work.</summary>
    public async Task<PublishedTrustList> AddNextAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var number = (await db.TrustLists.MaxAsync(l => (int?)l.Number, cancel) ?? 0) + 1;
        var today = EventRules.DayOf(now);
        var list = new TrustList(number, today, today.AddDays(DaysToNext), 2, Custodians(), await InstitutionsAsync(today, cancel));
        var content = TrustListFile.Write(list);
        var published = new PublishedTrustList { Number = number, IssuedAt = now, Content = content, Signatures = TrustListFile.WriteSignatures([.. Signers().Select(s => TrustListFile.Sign(content, s))]) };
        db.TrustLists.Add(published);
        return published;
    }

    private ISigner[] Signers() => [keys.Own("custodian-1", SignatureAlgorithm.EcdsaP256), keys.Own("custodian-2", SignatureAlgorithm.EcdsaP256)];

    private async Task<IReadOnlyList<Institution>> InstitutionsAsync(DateOnly today, CancellationToken cancel)
    {
        var authorisations = await db.IssuingAuthorisations.AsNoTracking().OrderBy(a => a.ValidFrom).ThenBy(a => a.Id).ToListAsync(cancel);
        var issuing = await db.IssuingKeys.AsNoTracking().Where(k => k.ConfirmedAt != null).OrderBy(k => k.ConfirmedAt).ThenBy(k => k.Id).ToListAsync(cancel);
        var ids = authorisations.Select(a => a.OrganisationId).Concat(issuing.Select(k => k.OrganisationId)).ToHashSet();
        var list = new Dictionary<string, Institution> { [platform.Id] = Own(today) };
        foreach (var organisation in await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).OrderBy(o => o.Code).ToListAsync(cancel))
        {
            var supervisor = await AddSupervisorsAsync(organisation, list, cancel);
            list[organisation.TrustId()] = Describe(organisation) with
            {
                Supervisor = supervisor,
                Authorisations = [.. authorisations.Where(a => a.OrganisationId == organisation.Id).Select(Describe)],
                Keys = [.. issuing.Where(k => k.OrganisationId == organisation.Id).Select(Describe)],
            };
        }
        return [.. list.Values];
    }

    // The regulators above an institution stand in the list too, and above them the platform, which writes down what they decide.
    private async Task<string> AddSupervisorsAsync(Organisation organisation, Dictionary<string, Institution> list, CancellationToken cancel)
    {
        if (await db.RegulatorOfAsync(organisation, cancel) is not { } regulator)
            return platform.Id;
        if (!list.ContainsKey(regulator.TrustId()))
            list[regulator.TrustId()] = Describe(regulator) with { Supervisor = await AddSupervisorsAsync(regulator, list, cancel) };
        return regulator.TrustId();
    }

    private Institution Own(DateOnly today) => new(platform.Id, platform.Name, platform.NameEn, RegionTree.Country)
    {
        Keys = [new TrustedKey(PlatformKey.PublicKey, [KeyUse.Document, KeyUse.Status], platformKeySince, today.AddYears(PlatformKeyYears))],
    };

    private static Institution Describe(Organisation organisation) => new(organisation.TrustId(), organisation.Name, organisation.NameEn ?? organisation.Name, organisation.Region);

    private static Authorisation Describe(IssuingAuthorisation authorisation)
    {
        // What was issued on the day of the withdrawal before it stays good: the log tells the hour.
        DateOnly? withdrawn = authorisation.WithdrawnAt is { } at ? EventRules.DayOf(at) : null;
        var to = withdrawn is { } end && (authorisation.ValidTo is not { } last || end < last) ? end : authorisation.ValidTo;
        return new(authorisation.Kind, authorisation.Number, authorisation.ValidFrom, to < authorisation.ValidFrom ? authorisation.ValidFrom : to);
    }

    private static TrustedKey Describe(IssuingKey key)
    {
        var from = EventRules.DayOf(key.ConfirmedAt!.Value);
        return new(PublicKey.FromSpki(key.PublicKey), [KeyUse.Document, KeyUse.Seal], from, key.ValidTo ?? from.AddYears(IssuingKey.MostYears))
        {
            Retired = key.State == KeyState.Retired ? EventRules.DayOf(key.EndedAt!.Value).AddDays(1) : null,
            DistrustAfterLeaf = key.DistrustAfterLeaf, Note = key.State is KeyState.Retired or KeyState.Compromised ? key.EndReason : null,
        };
    }
}
