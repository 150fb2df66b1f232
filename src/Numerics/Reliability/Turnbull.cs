namespace Plumbline.Numerics;

/// <summary>Survival without a distribution from intervals (Turnbull 1976, 区间删失数据的非参数估计).</summary>
public static class Turnbull
{
    private const int MostIterations = 100000;

    /// <summary>The nonparametric maximum likelihood: probability on the innermost intervals, by self-consistency.</summary>
    /// <param name="failures">Exact failure times, greater than zero.</param>
    /// <param name="rightCensored">Times at which units were taken off unfailed.</param>
    /// <param name="leftCensored">Times at which units were found failed.</param>
    /// <param name="intervals">Rows of two times: last seen working, first seen failed.</param>
    /// <returns>Intervals (ends included for exact times) and the probability of failing within; converged when no probability moves by 10⁻¹².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive, or an interval does not rise.</exception>
    /// <exception cref="ArgumentException">No unit has failed.</exception>
    public static TurnbullResult Of(double[]? failures = null, double[]? rightCensored = null, double[]? leftCensored = null, double[][]? intervals = null)
    {
        Lifetimes.Of(failures, rightCensored, leftCensored, intervals);
        // (low, high] for intervals, [t, t] for exact times: an open low end is marked by a place just above it.
        (double Low, int Open, double High)[] units =
        [
            .. (failures ?? []).Select(t => (t, 0, t)), .. (rightCensored ?? []).Select(t => (t, 1, double.PositiveInfinity)),
            .. (leftCensored ?? []).Select(t => (0.0, 1, t)), .. (intervals ?? []).Select(b => (b[0], 1, b[1])),
        ];
        var pieces = Innermost(units);
        var held = units.Select(u => Enumerable.Range(0, pieces.Length).Where(k => Compare(pieces[k].Low, pieces[k].Open, u.Low, u.Open) >= 0 && pieces[k].High <= u.High).ToArray()).ToArray();
        var p = Enumerable.Repeat(1.0 / pieces.Length, pieces.Length).ToArray();
        var next = new double[p.Length];
        var iterations = 0;
        for (var moved = 1.0; moved > 1e-12 && iterations < MostIterations; iterations++)
        {
            Array.Clear(next);
            foreach (var unit in held)
            {
                var sum = unit.Sum(k => p[k]);
                foreach (var k in unit)
                    next[k] += p[k] / sum / units.Length;
            }
            moved = p.Zip(next, (a, b) => Math.Abs(a - b)).Max();
            (p, next) = (next, p);
        }
        double survival = 1;
        return new([.. pieces.Select((piece, k) => new TurnbullPiece(piece.Low, piece.High, p[k], Math.Max(0, survival -= p[k])))], iterations < MostIterations, iterations);
    }

    /// <summary>From a low end to a high end with no other end between.</summary>
    private static (double Low, int Open, double High)[] Innermost((double Low, int Open, double High)[] units)
    {
        // At one time: a closed low end, then high ends, then open low ends.
        var ends = units.Select(u => (Time: u.Low, Order: u.Open == 0 ? 0 : 2, IsLow: true, u.Open)).Concat(units.Select(u => (Time: u.High, Order: 1, IsLow: false, Open: 0)))
            .Distinct().OrderBy(e => e.Time).ThenBy(e => e.Order).ToArray();
        return [.. Enumerable.Range(0, ends.Length - 1).Where(i => ends[i].IsLow && !ends[i + 1].IsLow).Select(i => (ends[i].Time, ends[i].Open, ends[i + 1].Time))];
    }

    private static int Compare(double a, int aOpen, double b, int bOpen) => a == b ? aOpen.CompareTo(bOpen) : a.CompareTo(b);
}

/// <summary>Turnbull's estimate.</summary>
/// <param name="Pieces">Innermost intervals in order of time.</param>
/// <param name="Converged">Whether the probabilities came to rest.</param>
/// <param name="Iterations">Steps of self-consistency.</param>
public sealed record TurnbullResult(TurnbullPiece[] Pieces, bool Converged, int Iterations);

/// <summary>An interval within which the estimate says nothing of where failures fall.</summary>
/// <param name="Low">After this time; the very time where Low = High.</param>
/// <param name="High">Up to this time; infinite for what outlives the data.</param>
/// <param name="Probability">Of failing within.</param>
/// <param name="Survival">After the interval.</param>
public sealed record TurnbullPiece(double Low, double High, double Probability, double Survival);
