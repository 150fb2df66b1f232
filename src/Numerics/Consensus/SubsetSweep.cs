namespace Plumbline.Numerics;

/// <summary>Moves θ from the least to the greatest result and keeps, for every size k, the least Q of the k results nearest to θ.</summary>
internal sealed class SubsetSweep(double[] z, double[] s)
{
    private const double TieTolerance = 1e-10;
    private readonly int n = z.Length;
    private readonly int[] order = new int[z.Length];
    private readonly int[] position = new int[z.Length];
    private readonly double[] sumW = new double[z.Length + 1], sumWz = new double[z.Length + 1], sumWzz = new double[z.Length + 1];
    private readonly List<double>[] places = [.. Enumerable.Range(0, z.Length + 1).Select(_ => new List<double>(1))];

    /// <summary>The least Q found for each size.</summary>
    internal double[] Least { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, z.Length + 1)];

    internal void Run()
    {
        var (thetas, pairs) = Crossings();
        double low = z.Min(), high = z.Max();
        for (var i = 0; i < n; i++)
            order[i] = i;
        Sort(Between(low, thetas.Length > 0 ? thetas[0] : high), everything: true);
        for (var e = 0; e < thetas.Length;)
        {
            var last = e;
            // Crossings closer than rounding are one event.
            while (last + 1 < thetas.Length && thetas[last + 1] - thetas[e] <= 1e-13 * (1 + Math.Abs(thetas[e])))
                last++;
            var theta = Between(thetas[last], last + 1 < thetas.Length ? thetas[last + 1] : high);
            var (a, b) = pairs[e];
            if (last == e && Math.Abs(position[a] - position[b]) == 1)
                Exchange(Math.Min(position[a], position[b]), theta);
            else
                Sort(theta, everything: false);
            e = last + 1;
        }
    }

    /// <summary>The best subset of a size, followed by those that equal it.</summary>
    internal List<(int[] Members, double Q)> Best(int k)
    {
        var found = new List<(int[] Members, double Q)>();
        foreach (var theta in places[k])
        {
            var candidate = Descend(theta, k);
            if (!found.Exists(f => f.Members.AsSpan().SequenceEqual(candidate.Members)))
                found.Add(candidate);
        }
        var least = found.Min(f => f.Q);
        return [.. found.Where(f => f.Q <= least + TieTolerance * (1 + least)).OrderBy(f => f.Q).ThenBy(f => f.Members, LexicalOrder)];
    }

    private static readonly Comparer<int[]> LexicalOrder = Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private static double Between(double a, double b) => a + (b - a) / 2;

    private double Distance(int i, double theta) => Math.Abs(z[i] - theta) / s[i];

    private (double[] Thetas, (int, int)[] Pairs) Crossings()
    {
        double low = z.Min(), high = z.Max();
        var thetas = new List<double>();
        var pairs = new List<(int, int)>();
        for (var a = 0; a < n; a++)
            for (var b = a + 1; b < n; b++)
            {
                Add((z[a] * s[b] + z[b] * s[a]) / (s[a] + s[b]));
                if (s[a] != s[b])
                    Add((z[a] * s[b] - z[b] * s[a]) / (s[b] - s[a]));
                void Add(double theta)
                {
                    if (theta >= low && theta <= high)
                    {
                        thetas.Add(theta);
                        pairs.Add((a, b));
                    }
                }
            }
        double[] keys = [.. thetas];
        (int, int)[] items = [.. pairs];
        Array.Sort(keys, items);
        return (keys, items);
    }

    /// <summary>Insertion sort: what is nearly sorted costs one pass. Subsets between the first and last change are weighed again.</summary>
    private void Sort(double theta, bool everything)
    {
        int first = n, last = -1;
        for (var i = 1; i < n; i++)
        {
            var item = order[i];
            var distance = Distance(item, theta);
            var j = i;
            while (j > 0 && Distance(order[j - 1], theta) > distance)
            {
                order[j] = order[j - 1];
                j--;
            }
            if (j == i)
                continue;
            order[j] = item;
            first = Math.Min(first, j);
            last = i;
        }
        for (var i = 0; i < n; i++)
            position[order[i]] = i;
        if (everything)
            (first, last) = (0, n);
        for (var k = first + 1; k <= Math.Min(last, n); k++)
            Weigh(k, theta);
    }

    private void Exchange(int at, double theta)
    {
        (order[at], order[at + 1]) = (order[at + 1], order[at]);
        position[order[at]] = at;
        position[order[at + 1]] = at + 1;
        Weigh(at + 1, theta);
    }

    /// <summary>Brings the sums of the first k up to date from those of the first k − 1, and keeps the least Q.</summary>
    private void Weigh(int k, double theta)
    {
        var i = order[k - 1];
        var w = 1 / (s[i] * s[i]);
        sumW[k] = sumW[k - 1] + w;
        sumWz[k] = sumWz[k - 1] + w * z[i];
        sumWzz[k] = sumWzz[k - 1] + w * z[i] * z[i];
        var q = Math.Max(0, sumWzz[k] - sumWz[k] * sumWz[k] / sumW[k]);
        // The sums cancel: near the least, several places are kept and weighed exactly later.
        var tolerance = TieTolerance * (1 + Least[k]) + 1e-12 * sumWzz[k];
        if (q < Least[k] - tolerance)
            places[k].Clear();
        if (q <= Least[k] + tolerance && places[k].Count < 64)
            places[k].Add(theta);
        Least[k] = Math.Min(Least[k], q);
    }

    /// <summary>From the k nearest to θ to the k nearest to their own mean, until nothing moves: Q only falls.</summary>
    private (int[] Members, double Q) Descend(double theta, int k)
    {
        var (members, q) = Nearest(theta, k);
        while (true)
        {
            var better = Nearest(Mean(members), k);
            if (!(better.Q < q))
                return (members, q);
            (members, q) = better;
        }
    }

    private (int[] Members, double Q) Nearest(double theta, int k)
    {
        int[] members = [.. Enumerable.Range(0, n).OrderBy(i => Distance(i, theta)).Take(k).Order()];
        var mean = Mean(members);
        return (members, members.Sum(i => (z[i] - mean) / s[i] * ((z[i] - mean) / s[i])));
    }

    private double Mean(int[] members) =>
        members.Sum(i => z[i] / (s[i] * s[i])) / members.Sum(i => 1 / (s[i] * s[i]));
}
