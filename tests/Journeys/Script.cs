using System.Globalization;

namespace Plumbline.Journeys;

/// <summary>What is measured in the stories: a voltage standard at 1 V and 10 V, carried from the pilot laboratory to two others and back.</summary>
internal static class Script
{
    public const string Title = "直流电压量值比对";
    public const string TitleEn = "Comparison of direct voltage";
    public static readonly (string Nominal, string Target)[] Points = [("1.00000", "0.0005"), ("10.0000", "0.005")];

    public static readonly string[] Tests = ["Homogeneity", "Stability", "Transport"];

    /// <summary>Readings good enough for every test, at the point of this number.</summary>
    public static IReadOnlyList<(string Key, string Values)> Readings(string kind, int point)
    {
        var scale = point == 1 ? 1.0 : 10.0;
        // A few millionths up and down, never in order, so that there is no trend.
        string Value(int n) => (scale * (1 + (n * 7 % 5 - 2) * 1e-6)).ToString(point == 1 ? "F6" : "F5", CultureInfo.InvariantCulture);
        return kind switch
        {
            "Homogeneity" => [.. Enumerable.Range(1, 10).Select(item => ($"{item}", $"{Value(item)} {Value(item + 3)}"))],
            "Stability" => [.. ((string[])["2026-02-01", "2026-02-10", "2026-02-20", "2026-03-01"]).Select((day, i) => (day, $"{Value(i)} {Value(i + 2)} {Value(i + 4)}"))],
            _ => [("before", $"{Value(1)} {Value(2)} {Value(3)}"), ("after", $"{Value(2)} {Value(4)} {Value(1)}")],
        };
    }

    /// <summary>What the laboratory of this number measured at both points; 0 is the pilot laboratory.</summary>
    public static (string Value, string Uncertainty)[] Results(int laboratory) => laboratory switch
    {
        0 => [("1.000002", "0.000010"), ("10.00003", "0.00008")],
        1 => [("1.000011", "0.000024"), ("10.00009", "0.00020")],
        // Well outside at 10 V: something for the report to say.
        _ => [("0.999990", "0.000020"), ("10.00101", "0.00030")],
    };

    /// <summary>The stays, in order: who (0 is the pilot laboratory), from and to.</summary>
    public static readonly (int Laboratory, string Arrival, string Departure)[] Route =
        [(0, "2026-06-01", "2026-06-05"), (1, "2026-06-10", "2026-06-20"), (2, "2026-06-25", "2026-07-05"), (0, "2026-07-10", "2026-07-20")];

    /// <summary>What happened: who, received or sent, when. The second laboratory sends it on late.</summary>
    public static readonly (int Laboratory, string Kind, string On)[] Journey =
        [(0, "Sent", "2026-06-05"), (1, "Received", "2026-06-09"), (1, "Sent", "2026-06-19"), (2, "Received", "2026-06-24"), (2, "Sent", "2026-07-08"), (0, "Received", "2026-07-12")];

    public static string PersonOf(int laboratory) => laboratory == 0 ? "coordinator" : $"lab{laboratory}";

    /// <summary>Results as a spreadsheet exports them.</summary>
    public static string Csv(int laboratory, string? spoiltUncertainty = null) => "测量点序号,单位,测得值,扩展不确定度 U,包含因子 k,测量日期\r\n"
        + string.Concat(Results(laboratory).Select((r, i) => $"{i + 1},V,{r.Value},{(i == 1 && spoiltUncertainty is { } bad ? bad : r.Uncertainty)},2,2026-06-28\r\n"));
}
