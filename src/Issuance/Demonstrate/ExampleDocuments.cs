using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>The documents of the example, fictitious throughout: masses from the national standard down to a shop scale, and pressure gauges.</summary>
internal sealed class ExampleDocuments(DateOnly today)
{
    private static readonly PartyInput National = new(new("示例国家计量院", "Example National Metrology Institute")) { City = "示例市" };
    private static readonly PartyInput Provincial = new(new("示例省计量科学研究院", "Example Provincial Metrology Institute")) { City = "示例市" };
    private static readonly PartyInput Shop = new(new("示例仪表有限公司", "Example Instruments Ltd")) { City = "示例市" };

    public CertificateInput NationalStandard() => Of(DocumentKind.CalibrationCertificate, $"示国-M-{today.Year}-001", National, National) with
    {
        Items = [new(new("千克国家质量标准砝码", "National standard of mass, 1 kg")) { Model = "1 kg", SerialNumber = "DEMO-NS-1", Range = new("1 kg", "1 kg") }],
        Methods = [new(new("真空质量测量（与普朗克常数的实现比较）", "Mass measurement in vacuum, compared with a realisation from the Planck constant"), "SI Brochure 9")],
        PeriodMonths = 24,
        Results = [Masses(new("质量值", "Mass"), ["1"], [@"\kilo\gram"], ["1.000000012"], "0.000000020", @"\kilo\gram")],
    };

    public CertificateInput ReferenceWeights(IssueReceipt above) => Of(DocumentKind.CalibrationCertificate, $"示国-F-{today.Year}-017", National, Provincial) with
    {
        Items = [new(new("E2等级标准砝码组", "Set of reference weights, class E2")) { Model = "1 kg～20 kg", SerialNumber = "DEMO-E2-17", Manufacturer = "示例砝码厂", AccuracyClass = "E2" }],
        Methods = [new(new("砝码检定规程", "Verification regulation for weights"), "JJG 99-2022")],
        Standards = [Above(new("千克国家质量标准砝码", "National standard of mass, 1 kg"), "1 kg", "DEMO-NS-1", above)],
        PeriodMonths = 24,
        Results = [Masses(new("折算质量", "Conventional mass"), ["1", "5", "20"], [@"\kilo\gram"], ["1.0000004", "5.0000021", "20.0000080"], "0.0000010", @"\kilo\gram")],
    };

    public CertificateInput WorkingWeights(IssueReceipt above) => Of(DocumentKind.VerificationCertificate, $"示省-F-{today.Year}-0208", Provincial, Provincial) with
    {
        Items = [new(new("M1等级砝码组", "Set of weights, class M1")) { Model = "1 kg～20 kg", SerialNumber = "DEMO-M1-208", Manufacturer = "示例砝码厂", AccuracyClass = "M1" }],
        Methods = [new(new("砝码检定规程", "Verification regulation for weights"), "JJG 99-2022")],
        Standards = [Above(new("E2等级标准砝码组", "Set of reference weights, class E2"), "1 kg～20 kg", "DEMO-E2-17", above)],
        ValidUntil = today.AddYears(1).AddDays(-1), PeriodMonths = 12,
        Conclusion = new(DccVerdict.Pass, new("符合M1等级要求，准予使用", "Meets class M1; may be used")) { Norm = "JJG 99-2022" },
        Results = [Errors(new("折算质量误差", "Error of conventional mass"), [@"\kilo\gram"], ["1", "5", "20"], @"\milli\gram", ["12", "-60", "310"], ["15", "80", "300"], ["50", "250", "1000"], DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Pass)],
    };

    public CertificateInput ShopScale(IssueReceipt above) => Scale($"示省-C-{today.Year}-1024", "DEMO-S-1024", above) with
    {
        ValidUntil = today.AddYears(1).AddDays(-1), PeriodMonths = 12,
        Conclusion = new(DccVerdict.Pass, new("合格，准予作Ⅲ级使用", "Pass; may be used as class III")) { Norm = "JJG 539-2016" },
        Results = [Errors(new("称量示值误差", "Error of indication"), [@"\kilo\gram"], ["1", "7.5", "15"], @"\gram", ["0", "2", "3"], ["0.8", "0.9", "1.1"], ["5", "10", "15"], DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Pass)],
    };

    public CertificateInput FailedScale(IssueReceipt above) => Scale($"示省-T-{today.Year}-0031", "DEMO-S-1031", above) with
    {
        Kind = DocumentKind.VerificationNotice,
        Conclusion = new(DccVerdict.Fail, new("不合格", "Fail")) { Norm = "JJG 539-2016", NonconformingItems = [new("15 kg称量点示值误差", "Error at 15 kg")] },
        Results = [Errors(new("称量示值误差", "Error of indication"), [@"\kilo\gram"], ["1", "7.5", "15"], @"\gram", ["0", "4", "38"], ["0.8", "0.9", "1.1"], ["5", "10", "15"], DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Fail)],
    };

    public CertificateInput PressureGauge(int number) => Of(DocumentKind.VerificationCertificate, $"示省-Y-{today.Year}-{number:0000}", Provincial, Shop) with
    {
        Items = [new(new("一般压力表", "Pressure gauge")) { Model = "Y-100", SerialNumber = $"SN-{today.Year}{number:00000}", Manufacturer = new("示例仪表有限公司", "Example Instruments Ltd"), AccuracyClass = "1.6", Range = new("(0～1.6) MPa", "(0 to 1.6) MPa") }],
        Methods = [new(new("弹性元件式一般压力表、压力真空表和真空表检定规程", "Verification regulation of elastic-element pressure gauges"), "JJG 52-2013")],
        Standards = [new(new("数字压力计", "Digital pressure gauge")) { Model = "DPG-1", SerialNumber = "DEMO-D-7788", CertificateNumber = "示国-P-0456", Accuracy = new("0.05 级", "Class 0.05"), Range = new("(0～6) MPa", "(0 to 6) MPa") }],
        ValidUntil = today.AddMonths(6).AddDays(-1), PeriodMonths = 6,
        Conclusion = new(DccVerdict.Pass, new("合格，准予作1.6级使用", "Pass; may be used as class 1.6")) { Norm = "JJG 52-2013" },
        Results =
        [
            Errors(new("示值误差", "Error of indication"), [@"\mega\pascal"], ["0", "0.4", "0.8", "1.2", "1.6"], @"\mega\pascal", ["0.000", "0.002", "0.004", "0.003", "0.006"], ["0.0032"], ["0.0256"], [.. Enumerable.Repeat(DccVerdict.Pass, 5)]),
        ],
    };

    private CertificateInput Scale(string number, string serial, IssueReceipt above) => Of(DocumentKind.VerificationCertificate, number, Provincial, Shop) with
    {
        Items = [new(new("电子计价秤", "Price-computing scale")) { Model = "ACS-15", SerialNumber = serial, Manufacturer = "示例衡器有限公司", AccuracyClass = "Ⅲ", Range = new("最大称量15 kg，分度值5 g", "Max 15 kg, e = 5 g") }],
        Methods = [new(new("数字指示秤检定规程", "Verification regulation for digital indicating scales"), "JJG 539-2016")],
        Standards = [Above(new("M1等级砝码组", "Set of weights, class M1"), "1 kg～20 kg", "DEMO-M1-208", above)],
    };

    private CertificateInput Of(DocumentKind kind, string number, PartyInput laboratory, PartyInput customer) => new()
    {
        Kind = kind, Number = number, Laboratory = laboratory, Customer = customer, Items = [], Begin = today, End = today, Issued = today,
        Persons = [new("示例张检定", PersonRole.Operator), new("示例李核验", PersonRole.Checker), new("示例王批准", PersonRole.Approver, MainSigner: true)],
        Conditions = [new(new("环境温度", "Ambient temperature"), "20.3", @"\degreecelsius", "basic_temperature", new() { Expanded = ["0.3"] }), new(new("相对湿度", "Relative humidity"), "52", @"\percent", "basic_humidityRelative")],
    };

    private static StandardInput Above(BilingualText name, string model, string serial, IssueReceipt certificate) =>
        new(name) { Model = model, SerialNumber = serial, CertificateNumber = certificate.Number, CertificateSha256 = certificate.Sha256 };

    private static ResultInput Masses(BilingualText name, IReadOnlyList<string> nominal, IReadOnlyList<string> nominalUnit, IReadOnlyList<string> values, string uncertainty, string unit) => new(name,
    [
        new(new("标称值", "Nominal value")) { RefType = "basic_nominalValue", Values = nominal, Units = nominalUnit },
        new(name) { RefType = "basic_measuredValue", Values = values, Units = [unit], Uncertainty = new() { Expanded = [uncertainty] } },
    ]);

    private static ResultInput Errors(BilingualText name, IReadOnlyList<string> nominalUnit, IReadOnlyList<string> nominal, string unit, IReadOnlyList<string> errors, IReadOnlyList<string> uncertainty, IReadOnlyList<string> limits, params DccVerdict[] verdicts) => new(name,
    [
        new(new("标称值", "Nominal value")) { RefType = "basic_nominalValue", Values = nominal, Units = nominalUnit },
        new(new("示值误差", "Error")) { RefType = "basic_measurementError", Values = errors, Units = [unit], Uncertainty = new() { Expanded = uncertainty }, Verdicts = verdicts, LowerLimits = [.. limits.Select(l => "-" + l)], UpperLimits = limits },
    ]);
}
