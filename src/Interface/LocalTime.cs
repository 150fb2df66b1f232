using System.Globalization;

namespace Plumbline.Interface;

/// <summary>Shows instants, and reads dates, in the time of the place where the system is used (Beijing unless set otherwise).</summary>
public sealed class LocalTime(TimeZoneInfo zone, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();
    public DateOnly Today => DateOnly.FromDateTime(Here(Now).DateTime);

    public string Show(DateTimeOffset at) => Here(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    public string ShowDay(DateTimeOffset at) => Here(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Here(at).DateTime);

    /// <summary>The last moment of a local day: what a deadline given as a date means.</summary>
    public DateTimeOffset EndOf(DateOnly day) => At(day.ToDateTime(new TimeOnly(23, 59, 59)));
    public DateTimeOffset StartOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The form of an HTML <c>datetime-local</c> field.</summary>
    public string ForField(DateTimeOffset at) => Here(at).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
    public DateTimeOffset At(DateTime local) => new(local, zone.GetUtcOffset(local));

    private DateTimeOffset Here(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>The zone by its IANA name; a machine without zone data still knows Beijing time.</summary>
    public static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : name == "Asia/Shanghai" ? TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromHours(8), name, name)
        : throw new ArgumentException($"There is no time zone '{name}' on this machine.", nameof(name));
}
