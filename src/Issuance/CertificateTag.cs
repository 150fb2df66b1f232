namespace Plumbline.Issuance;

/// <summary>How a certificate's standing is shown beside its word.</summary>
internal static class CertificateTag
{
    public static string KindOf(CertificateStanding state) => state switch
    {
        CertificateStanding.Current => "good",
        CertificateStanding.Suspended => "wait",
        CertificateStanding.Revoked => "bad",
        _ => "done",
    };
}

/// <summary>Days as they are written everywhere.</summary>
internal static class Days
{
    public static string Show(DateOnly? day) => day is { } given ? given.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "—";
}
