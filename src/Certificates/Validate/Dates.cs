using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Days and times as XML Schema writes them.</summary>
internal static class Dates
{
    /// <summary>The day of an xs:date, with or without a time zone; null where it is none.</summary>
    public static DateOnly? Of(XElement element)
    {
        var text = element.Text;
        var day = text.Length > 10 ? text[..10] : text;
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsZone(text[day.Length..]) ? date : null;
    }

    private static bool IsZone(string zone) => zone is "" or "Z" || zone.Length == 6 && zone[0] is '+' or '-' && TimeOnly.TryParseExact(zone.AsSpan(1), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Hour <= 14;

    /// <summary>Whether the text is an xs:dateTime.</summary>
    public static bool IsTime(string text)
    {
        try
        {
            return text.Length < 60 && text.Contains('T', StringComparison.Ordinal) && XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind) != default;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>A day moved by an xs:duration in whole years, months and days; null where the duration is none or has a time of day.</summary>
    public static DateOnly? Add(DateOnly day, string duration)
    {
        var match = System.Text.RegularExpressions.Regex.Match(duration.Trim(), @"^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$");
        if (!match.Success || duration.Trim().Length < 3)
            return null;
        int Part(int i) => match.Groups[i].Success ? int.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture) : 0;
        var (months, days) = (12 * Part(1) + Part(2), Part(3));
        return day.Year + months / 12 + days / 365 < 9000 ? day.AddMonths(months).AddDays(days) : null;
    }
}
