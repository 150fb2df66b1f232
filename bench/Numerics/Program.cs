using System.Globalization;
using Plumbline.Numerics.Bench;

// dotnet run -c Release --project bench/Numerics [-- --only WORD]: measures, and writes bench/RESULTS-numerics.md unless only a part was asked for.
var only = args.SkipWhile(a => a != "--only").Skip(1).FirstOrDefault();
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "Plumbline.slnx")))
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run it inside the repository.");
var peers = only is null ? Peers.Measure(Path.Combine(root, "bench", "peers")) : Peers.None;
List<string> rows = [];
foreach (var work in Work.All.Where(w => only is null || w.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    var seconds = CpuTime.Median(work.Run);
    var peer = work.PeerKey is { } key && peers.Seconds.TryGetValue(key, out var s) ? s : (double?)null;
    var row = $"| {work.Name} | {Show(seconds)} | {Show(work.Target)} | {(seconds <= work.Target ? "yes" : "**no**")} | {(peer is { } p ? Show(p) : "not measured")} | {(peer is { } q ? Ratio(q / seconds) : "–")} | {work.Quoted} |";
    Console.WriteLine(row);
    rows.Add(row);
}
if (only is not null)
    return;
File.WriteAllText(Path.Combine(root, "bench", "RESULTS-numerics.md"), $"""
    # How fast the statistics are

    Median CPU time of one thread, warm. Peer: the same work on the same data in the same run by Debian's own packages (`bench/peers/peers.R`); what Debian does not have is quoted with its version, measured elsewhere.
    Made by `dotnet run -c Release --project bench/Numerics` on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: {Machine.Describe()}; peers: {peers.Versions}.

    | work | Plumbline | aim | reached | peer here | times faster | peer quoted (median CPU) |
    |---|---|---|---|---|---|---|
    {string.Join('\n', rows)}

    R's start is not in these figures: {peers.Start}.

    """);

static string Show(double s) => s switch
{
    >= 1 => s.ToString("G3", CultureInfo.InvariantCulture) + " s",
    >= 1e-3 => (s * 1e3).ToString("G3", CultureInfo.InvariantCulture) + " ms",
    _ => (s * 1e6).ToString("G3", CultureInfo.InvariantCulture) + " µs",
};

static string Ratio(double r) => r >= 100 ? Math.Round(r / Math.Pow(10, Math.Floor(Math.Log10(r)) - 1)) * Math.Pow(10, Math.Floor(Math.Log10(r)) - 1) + "" : r.ToString("G2", CultureInfo.InvariantCulture);
