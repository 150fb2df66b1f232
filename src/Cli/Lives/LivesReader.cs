using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>Lives as the mathematics takes them.</summary>
/// <param name="Intervals">Rows of two times between which a unit failed.</param>
internal sealed record Lives(double[] Failures, double[] RightCensored, double[] LeftCensored, double[][] Intervals, string? Unit)
{
    public int Count => Failures.Length + RightCensored.Length + LeftCensored.Length + Intervals.Length;

    /// <summary>Only failures at known times and units taken off unfailed: what rank methods and product limits need.</summary>
    public bool IsPlain => LeftCensored.Length == 0 && Intervals.Length == 0;
}

/// <summary>Reads times with a column that says which units failed, or bounds between which they did.</summary>
internal static class LivesReader
{
    private static readonly string[] time = ["time", "t", "life", "hours", "cycles", "时间", "寿命", "失效时间", "故障时间", "工作时间"];
    private static readonly string[] status = ["status", "state", "状态", "失效状态"];
    private static readonly string[] failedHead = ["failed", "event", "failure", "失效", "是否失效"];
    private static readonly string[] censoredHead = ["censored", "suspended", "删失", "截尾", "是否删失"];
    private static readonly string[] lower = ["lower", "from", "下限", "起"];
    private static readonly string[] upper = ["upper", "to", "上限", "止"];
    private static readonly string[] count = ["count", "n", "quantity", "数量", "台数"];

    private static readonly string[] failedWords = ["f", "failed", "failure", "fail", "event", "dead", "1", "true", "yes", "失效", "故障", "是"];
    private static readonly string[] censoredWords = ["c", "s", "r", "censored", "suspended", "right", "survived", "running", "alive", "0", "false", "no", "删失", "右删失", "截尾", "未失效", "完好", "否"];
    private static readonly string[] leftWords = ["l", "left", "左删失"];

    private enum State
    {
        Failed,
        Right,
        Left,
    }

    public static Outcome<Lives> Read(DataTable table)
    {
        var reader = new TableReader(table);
        var times = reader.Optional(time);
        var lives = times is null && reader.Optional(lower) is { } from && reader.Optional(upper) is { } to ? Bounds(reader, table, from, to) : Times(reader, table, times ?? reader.Required(time));
        return reader.Refusals.Count > 0 ? reader.Refusals.ToList() : lives;
    }

    private static Lives Times(TableReader reader, DataTable table, DataColumn? column)
    {
        if (column is null)
            return new([], [], [], [], null);
        var values = reader.Numbers(column, Domain.Positive);
        var states = States(reader, table);
        var repeats = Repeats(reader, table);
        double[] Of(State state) => [.. values.SelectMany((v, i) => states[i] == state ? Enumerable.Repeat(v, repeats[i]) : [])];
        return new(Of(State.Failed), Of(State.Right), Of(State.Left), [], column.Unit);
    }

    private static Lives Bounds(TableReader reader, DataTable table, DataColumn from, DataColumn to)
    {
        double?[] low = reader.OptionalNumbers(from, Domain.NotNegative), high = reader.OptionalNumbers(to, Domain.Positive);
        var repeats = Repeats(reader, table);
        List<double> exact = [], right = [], left = [];
        List<double[]> between = [];
        for (var i = 0; i < low.Length; i++)
        {
            var (a, b) = (low[i] ?? 0, high[i]);
            if (b is null && a == 0)
                reader.Refuse("lives-no-bound", table.Rows[i].Number, from.Header, to.Header);
            else if (b < a)
                reader.Refuse("lives-bounds", table.Rows[i].Number, a, b);
            for (var k = 0; k < repeats[i]; k++)
                if (b is not { } end)
                    right.Add(a);
                else if (end == a)
                    exact.Add(a);
                else if (a == 0)
                    left.Add(end);
                else
                    between.Add([a, end]);
        }
        return new([.. exact], [.. right], [.. left], [.. between], from.Unit ?? to.Unit);
    }

    private static State[] States(TableReader reader, DataTable table)
    {
        if (reader.Optional(status) is { } words)
            return [.. table.Rows.Select(r => Word(reader, r, words, failedWords, State.Failed, State.Right))];
        if (reader.Optional(censoredHead) is { } censored)
            return [.. table.Rows.Select(r => Word(reader, r, censored, failedWords, State.Right, State.Failed, blank: State.Failed))];
        return reader.Optional(failedHead) is { } failed ? [.. table.Rows.Select(r => Word(reader, r, failed, failedWords, State.Failed, State.Right, blank: State.Right))] : [.. table.Rows.Select(_ => State.Failed)];
    }

    /// <summary>In a column of states the words speak for themselves; in one headed "censored" yes and no do.</summary>
    private static State Word(TableReader reader, DataRow row, DataColumn column, string[] yes, State ifYes, State ifNo, State? blank = null)
    {
        var text = row.Cells[column.Index].ToLowerInvariant();
        if (text.Length == 0 && blank is { } given)
            return given;
        if (leftWords.Contains(text))
            return State.Left;
        // A word that names a state wins over yes and no, whatever the head.
        if (text is "f" or "failed" or "失效" or "故障")
            return State.Failed;
        if (text is "c" or "s" or "censored" or "suspended" or "删失" or "截尾" or "右删失")
            return State.Right;
        if (yes.Contains(text))
            return ifYes;
        if (censoredWords.Contains(text))
            return ifNo;
        reader.Refuse("lives-state", row.Number, column.Header, row.Cells[column.Index], "F, C, left");
        return State.Failed;
    }

    private static int[] Repeats(TableReader reader, DataTable table)
    {
        if (reader.Optional(count) is not { } column)
            return [.. table.Rows.Select(_ => 1)];
        var numbers = reader.Numbers(column, Domain.Positive);
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] is not (>= 1 and <= 1_000_000) || numbers[i] != Math.Floor(numbers[i]))
                reader.Refuse("lives-count", table.Rows[i].Number, column.Header, table.Rows[i].Cells[column.Index]);
        return reader.Refusals.Count > 0 ? new int[numbers.Length] : Array.ConvertAll(numbers, n => (int)n);
    }
}
