namespace Plumbline.Certificates;

/// <summary>Administrative data from plain input.</summary>
internal sealed class AdministrativeBuilder(CertificateInput input, DccWords words)
{
    public void Fill(DccAdministrativeData data)
    {
        data.Software.Add(words.Software(input.Maker with { Type = input.Maker.Type ?? "application" }));
        data.Vocabularies.Add(Vocabulary("dcc.vocabulary.basic", "basic", "https://digilab.ptb.de/dkd/refType/vocab/"));
        data.Vocabularies.Add(Vocabulary("dcc.vocabulary.gp", "gp", "https://digilab.ptb.de/dkd/refType/vocab/"));
        data.Vocabularies.Add(Vocabulary("dcc.vocabulary.cnm", CnmTerms.Namespace, CnmTerms.Link));
        Core(data.Core);
        for (var i = 0; i < input.Items.Count; i++)
            data.Items.Items.Add(Item(input.Items[i], $"item{i + 1}"));
        data.Laboratory = new()
        {
            Code = Trim(input.LaboratoryCode),
            Contact = Contact(input.Laboratory),
            Seal = input.Sealed ? true : null,
            TimeStamp = input.TimeStamped ? true : null,
        };
        foreach (var person in input.Persons)
            data.Persons.Add(Person(person));
        data.Customer = Contact(input.Customer);
        new StatementsBuilder(input, words, this).Fill(data.Statements);
    }

    public DccContact Contact(PartyInput party)
    {
        var location = new DccLocation();
        Line<DccCountryCode>(location, party.CountryCode ?? input.CountryCode);
        Line<DccState>(location, party.State);
        Line<DccCity>(location, party.City);
        Line<DccPostCode>(location, party.PostCode);
        Line<DccStreet>(location, party.Street);
        if (words.Rich(party.Address) is { } further)
            location.Lines.Add(further);
        return new() { Name = words.Name(party.Name), Email = Trim(party.Email), Phone = Trim(party.Phone), Link = Trim(party.Link), Location = location };
    }

    private static void Line<T>(DccLocation location, string? value)
        where T : DccAddressPart, new()
    {
        if (!string.IsNullOrWhiteSpace(value))
            location.Lines.Add(new T { Value = value.Trim() });
    }

    private void Core(DccCoreData core)
    {
        core.CountryCode = input.CountryCode;
        foreach (var language in input.Languages)
            core.UsedLanguages.Add(language);
        core.MandatoryLanguages.Add(input.Languages[0]);
        core.UniqueIdentifier = input.Number.Trim();
        if (!string.IsNullOrWhiteSpace(input.CertificateId))
            core.Identifications.Add(words.Identification(new(DccWords.Own("dcc.certificate-id"), input.CertificateId, "calibrationLaboratory", CnmTerms.CertificateId)));
        foreach (var number in input.Numbers)
            core.Identifications.Add(words.Identification(number));
        core.ReceiptDate = Day(input.Received);
        core.BeginPerformanceDate = Day(input.Begin);
        core.EndPerformanceDate = Day(input.End);
        core.PerformanceLocation = new() { Value = DccWords.Word(input.Place) };
        core.IssueDate = Day(input.Issued);
        if (input.Replaces is not { } replaced)
            return;
        core.Replacement = new() { TypeOfChange = replaced.Substituted ? "substituted" : "amended", ReplacedIdentifier = replaced.Number.Trim() };
        if (replaced.Sha256 is { } digest)
            core.PreviousReport = Hash(DccWords.Own("dcc.previous-report"), replaced.Number, digest);
    }

    public DccHash Hash(BilingualText referral, string number, string digest) =>
        new() { Referral = words.Name(referral), ReferralId = number.Trim(), Procedure = "SHA-256", Value = digest.Trim().ToLowerInvariant() };

    private DccItem Item(ItemInput item, string id)
    {
        var made = new DccItem
        {
            // An id is there for who refers to it.
            Id = item.SealPositions.Count > 0 ? id : null,
            Name = words.Name(item.Name),
            Description = words.Rich(item.Description),
            Manufacturer = item.Manufacturer is { IsEmpty: false } maker ? new() { Name = words.Name(maker) } : null,
            Model = Trim(item.Model),
        };
        foreach (var software in item.Software)
            made.InstalledSoftware.Add(words.Software(software with { Type = software.Type ?? "firmware" }, CnmTerms.LegallyRelevantSoftware));
        var material = input.Kind == DocumentKind.ReferenceMaterialCertificate;
        if (!string.IsNullOrWhiteSpace(item.SerialNumber))
            made.Identifications.Add(words.Identification(new(DccWords.Own(material ? "dcc.batch-number" : "dcc.serial-number"), item.SerialNumber, "manufacturer", material ? "basic_batchNumber" : "basic_serialNumber")));
        foreach (var number in item.Numbers)
            made.Identifications.Add(words.Identification(number));
        Quantity(made, "dcc.range", item.Range, "basic_measurementRange");
        Quantity(made, "dcc.accuracy-class", item.AccuracyClass, CnmTerms.AccuracyClass);
        Quantity(made, "dcc.mpe", item.MaximumPermissibleError, CnmTerms.MaximumPermissibleError);
        foreach (var quantity in item.Quantities)
            made.Quantities.Add(new()
            {
                Name = words.Name(quantity.Name),
                RefType = quantity.RefType,
                NoQuantity = words.Rich(quantity.Text),
                Value = quantity.Value is { } value ? new SiReal { Value = DecimalText.Parse(value), Unit = quantity.Unit!.Trim() } : null,
            });
        return made;
    }

    private void Quantity(DccItem item, string name, BilingualText? text, string refType)
    {
        if (words.Rich(text) is { } rich)
            item.Quantities.Add(new() { Name = words.Name(DccWords.Own(name)), NoQuantity = rich, RefType = refType });
    }

    private DccResponsiblePerson Person(PersonInput person) => new()
    {
        Person = new() { Name = Nameless(person.Name) },
        Role = CertificatesTexts.Get(System.Globalization.CultureInfo.GetCultureInfo(input.Languages[0]), RoleKey(person.Role)),
        RefType = person.Role switch { PersonRole.Operator => CnmTerms.Operator, PersonRole.Checker => CnmTerms.Checker, _ => CnmTerms.Approver },
        MainSigner = person.MainSigner ? true : null,
    };

    /// <summary>A person's name has no language.</summary>
    private static DccText Nameless(string name)
    {
        var text = new DccText();
        text.Contents.Add(new() { Value = name.Trim() });
        return text;
    }

    private string RoleKey(PersonRole role) => input.Kind switch
    {
        DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice => $"dcc.role.verification.{role}",
        DocumentKind.CalibrationCertificate => $"dcc.role.calibration.{role}",
        _ => $"dcc.role.report.{role}",
    };

    private DccVocabulary Vocabulary(string name, string prefix, string link) => new() { Name = words.Name(DccWords.Own(name)), Namespace = prefix, Link = link };

    private static string? Day(DateOnly? day) => day is { } given ? DccWords.Day(given) : null;

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
