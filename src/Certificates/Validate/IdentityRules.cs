using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Who and what: replaced certificates, identifications, people.</summary>
internal static class IdentityRules
{
    private static readonly string[] verifier = ["检定员", "校准员"], checker = ["核验员", "复核员", "审核员"];

    public static void Run(CheckedFile file)
    {
        if (file.Core is { } core)
            Replacement(file, core);
        foreach (var again in file.All("identifications").SelectMany(list => list.Children("identification").GroupBy(Key).SelectMany(g => g.Skip(1))))
            file.Report("identification-repeated", again, again.Child("value")?.Text);
        // The maker's number tells items apart.
        var numbers = file.All("item").SelectMany(i => i.Child("identifications")?.Children("identification") ?? []).Where(i => i.Child("issuer")?.Text == "manufacturer");
        foreach (var again in numbers.GroupBy(Key).SelectMany(g => g.DistinctBy(i => i.Parent).Skip(1)))
            file.Report("identification-repeated", again, again.Child("value")?.Text);
        if (file.Root.Down("administrativeData", "respPersons") is { } persons)
            Signers(file, persons);
    }

    private static (string?, string?, string?, string?) Key(XElement identification) => (identification.Child("issuer")?.Text, identification.Child("value")?.Text, identification.Child("name")?.Value, (string?)identification.Attribute("refType"));

    private static void Replacement(CheckedFile file, XElement core)
    {
        if (core.Child("reportAmendedSubstituted") is not { } replaced)
            return;
        var old = replaced.Child("replacedUniqueIdentifier");
        var previous = core.Child("previousReport");
        if (previous is null)
            file.Report("replacement-reference", replaced, null, "previousReport");
        if (old is not null && old.Text == core.Child("uniqueIdentifier")?.Text)
            file.Report("replacement-self", old, old.Text);
        if (old is not null && previous?.Child("referralID") is { } id && id.Text != old.Text)
            file.Report("replacement-other", id, id.Text, old.Text);
    }

    private static void Signers(CheckedFile file, XElement persons)
    {
        var people = persons.Children("respPerson").ToArray();
        if (!people.Any(p => p.Child("mainSigner") is { Text: "true" or "1" }))
            file.Report("signer-missing", persons, null, "mainSigner");
        string? Name(XElement person) => person.Down("person", "name")?.Value.Trim();
        bool Is(XElement person, string term, string[] words) => person.Descendants().Prepend(person).Any(e => e.RefTypes.Contains(term)) || person.Child("role") is { } role && words.Any(w => role.Value.Contains(w, StringComparison.Ordinal));
        var verifiers = people.Where(p => Is(p, CnmTerms.Operator, verifier)).Select(Name).ToHashSet();
        foreach (var same in people.Where(p => Is(p, CnmTerms.Checker, checker) && verifiers.Contains(Name(p))))
            file.Report("signer-same", same, Name(same), null, same.Child("role")?.Text ?? checker[0]);
    }
}
