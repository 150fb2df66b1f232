using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>The standards used were themselves valid and traceable on the day.</summary>
internal static class StandardRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var certificate in file.All("measuringEquipment").Select(e => e.Child("certificate")).OfType<System.Xml.Linq.XElement>())
        {
            if (certificate.Child("inValidityRange") is { Text: "false" or "0" } valid)
                file.Report("standard-invalid", valid, certificate.Child("referralID")?.Text, "true");
            if (certificate.Child("traceable") is { Text: "false" or "0" } traceable)
                file.Report("standard-untraceable", traceable, certificate.Child("referralID")?.Text, "true");
            if (certificate.Child("referralID") is { } id && file.Options.Standards.FirstOrDefault(s => s.Identifier == id.Text) is { } known
                && file.Core?.Child("beginPerformanceDate") is { } begin && Dates.Of(begin) is { } first && (file.Core.Child("endPerformanceDate") is { } end ? Dates.Of(end) : first) is { } last && (first < known.From || last > known.Until))
                file.Report("standard-invalid", id, id.Text, $"{Text(known.From)} … {Text(known.Until)}");
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
