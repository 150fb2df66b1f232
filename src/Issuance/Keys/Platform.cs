using Microsoft.Extensions.Configuration;
using Plumbline.Interface;

namespace Plumbline.Issuance;

/// <summary>平台: under which names this installation signs its log, its lists and its seals.</summary>
/// <param name="Id">Its code in the trust list.</param>
/// <param name="Address">Where the public reaches it.</param>
/// <param name="Origin">Name of its log; it must never change.</param>
public sealed record Platform(string Id, string Name, string NameEn, Uri Address, string Origin)
{
    public string ShownName => Texts.Pick(Name, NameEn);

    /// <summary>The host that stands in the QR codes, with its port where it has one.</summary>
    public string SealHost => Address.Authority.ToUpperInvariant();

    /// <summary><c>Plumbline:Operator:Code</c>, <c>:Name</c>, <c>:NameEn</c>, <c>Plumbline:PublicAddress</c>, <c>Plumbline:Log:Origin</c>.</summary>
    public static Platform From(IConfiguration settings)
    {
        var address = new Uri(settings["Plumbline:PublicAddress"] ?? "http://localhost:5080");
        return new(settings["Plumbline:Operator:Code"] ?? "PLUMBLINE", settings["Plumbline:Operator:Name"] ?? "准绳平台", settings["Plumbline:Operator:NameEn"] ?? "Plumbline platform",
            address, settings["Plumbline:Log:Origin"] ?? $"{address.Authority}/log");
    }
}
