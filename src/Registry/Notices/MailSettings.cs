using Microsoft.Extensions.Configuration;

namespace Plumbline.Registry;

/// <summary>How letters leave (<c>Plumbline:Mail:…</c>): by SMTP when a host is named, else as .eml files in a directory.</summary>
internal sealed record MailSettings(string? Host, int Port, string? User, string? Password, string From, bool StartTls, string PickupDirectory, Uri PublicAddress)
{
    public static MailSettings Read(IConfiguration settings) => new(
        settings["Plumbline:Mail:Host"],
        settings.GetValue("Plumbline:Mail:Port", 25),
        settings["Plumbline:Mail:User"],
        settings["Plumbline:Mail:Password"],
        settings["Plumbline:Mail:From"] ?? "plumbline@localhost",
        settings.GetValue("Plumbline:Mail:StartTls", false),
        Path.GetFullPath(settings["Plumbline:Mail:PickupDirectory"] ?? Path.Combine(settings["Plumbline:DataDirectory"] ?? "data", "mail")),
        new Uri(settings["Plumbline:PublicAddress"] ?? "http://localhost:5080"));
}
