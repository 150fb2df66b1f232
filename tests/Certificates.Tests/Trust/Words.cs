using System.Globalization;

namespace Plumbline.Certificates.Tests;

/// <summary>That findings can be said in both languages.</summary>
internal static class Words
{
    private static readonly CultureInfo[] cultures = [CultureInfo.GetCultureInfo("zh"), CultureInfo.GetCultureInfo("en")];

    public static void Check(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            foreach (var culture in cultures)
                Assert.NotEmpty(CertificatesTexts.Describe(finding, culture));
    }
}
