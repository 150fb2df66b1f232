namespace Plumbline.Numerics;

/// <summary>The weighted distribution function of |y<sub>ik</sub> − y<sub>jl</sub>| over pairs of laboratories, evaluated by counting in O(N) without forming the differences.</summary>
internal sealed class DifferenceDistribution
{
    private readonly double[] sorted;
    private readonly int[] laboratory;
    private readonly double[] weight, cumulated;
    private readonly double tolerance;
    private readonly double[][] own;
    private readonly double pairs;

    internal DifferenceDistribution(double[] z, int[] laboratories, double tie)
    {
        sorted = (double[])z.Clone();
        laboratory = (int[])laboratories.Clone();
        Array.Sort(sorted, laboratory);
        var groups = laboratory.Select((lab, i) => (lab, sorted[i])).GroupBy(p => p.lab, p => p.Item2).ToDictionary(g => g.Key, g => g.ToArray());
        own = [.. groups.Values.Where(g => g.Length > 1)];
        Laboratories = groups.Count;
        pairs = Laboratories * (Laboratories - 1.0) / 2;
        weight = Array.ConvertAll(laboratory, lab => 1.0 / groups[lab].Length);
        cumulated = new double[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
            cumulated[i + 1] = cumulated[i] + weight[i];
        tolerance = tie * (sorted[^1] - sorted[0]);
    }

    internal int Laboratories { get; }

    /// <summary>H(d): the share of pairs of laboratories that differ by d at most, each pair of results weighted 1/(n<sub>i</sub>n<sub>j</sub>).</summary>
    internal double ShareUpTo(double d)
    {
        var limit = d + tolerance;
        var sum = 0.0;
        var j = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            j = Math.Max(j, i);
            while (j + 1 < sorted.Length && sorted[j + 1] - sorted[i] <= limit)
                j++;
            sum += weight[i] * (cumulated[j + 1] - cumulated[i + 1]);
        }
        foreach (var values in own)
            for (var i = 0; i < values.Length; i++)
                for (var k = i + 1; k < values.Length && values[k] - values[i] <= limit; k++)
                    sum -= 1.0 / values.Length / values.Length;
        return sum / pairs;
    }

    /// <summary>The least positive difference d with (H(d) + H(before d))/2 at or above the target; the greatest difference if none.</summary>
    internal double NodeReaching(double target)
    {
        double low = 0, high = sorted[^1] - sorted[0];
        while (high - low > tolerance / 4)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                break;
            if (ShareUpTo(middle) >= target)
                high = middle;
            else
                low = middle;
        }
        // H passes the target at this node; the midpoint of its step may still lie below, then the next node is meant.
        var node = Previous(high + 2 * tolerance) ?? high;
        while (Middle(node) < target - 1e-15 && Next(node) is { } next)
            node = next;
        return node;
    }

    private double Middle(double node) => (ShareUpTo(node) + (Previous(node) is { } before ? ShareUpTo(before) : ShareUpTo(0))) / 2;

    /// <summary>The greatest positive difference below d; null if there is none.</summary>
    internal double? Previous(double d)
    {
        var limit = d - tolerance;
        double? best = null;
        var j = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            j = Math.Max(j, i);
            while (j + 1 < sorted.Length && sorted[j + 1] - sorted[i] < limit)
                j++;
            for (var k = j; k > i; k--)
            {
                if (laboratory[k] == laboratory[i])
                    continue;
                if (sorted[k] - sorted[i] > tolerance && !(sorted[k] - sorted[i] <= best))
                    best = sorted[k] - sorted[i];
                break;
            }
        }
        return best;
    }

    private double? Next(double d)
    {
        var limit = d + tolerance;
        double? best = null;
        var j = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            j = Math.Max(j, i);
            while (j < sorted.Length && sorted[j] - sorted[i] <= limit)
                j++;
            for (var k = j; k < sorted.Length; k++)
            {
                if (laboratory[k] == laboratory[i])
                    continue;
                if (!(sorted[k] - sorted[i] >= best))
                    best = sorted[k] - sorted[i];
                break;
            }
        }
        return best;
    }
}
