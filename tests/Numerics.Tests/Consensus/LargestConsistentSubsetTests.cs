namespace Plumbline.Numerics.Tests.Consensus;

public class LargestConsistentSubsetTests
{
    [Fact]
    public void The_sweep_finds_what_enumerating_all_subsets_finds()
    {
        var random = new Random(20261);
        for (var trial = 0; trial < 300; trial++)
        {
            var n = 1 + random.Next(11);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => Math.Round(random.NextDouble() * 20, random.Next(3)))];
            double[] u = [.. Enumerable.Range(0, n).Select(_ => Math.Round(0.2 + random.NextDouble() * 2, 1))];
            var found = LargestConsistentSubset.Find(x, u);
            var (size, q) = Enumerate(x, u);
            Assert.Equal(size, found.Members.Length);
            Assert.Equal(q, found.ChiSquared, 1e-9 * (1 + q));
        }
    }

    private static (int Size, double Q) Enumerate(double[] x, double[] u)
    {
        var best = (Size: 1, Q: 0.0);
        for (var mask = 1; mask < 1 << x.Length; mask++)
        {
            int[] members = [.. Enumerable.Range(0, x.Length).Where(i => (mask >> i & 1) == 1)];
            if (members.Length < best.Size || members.Length == 1)
                continue;
            double w = members.Sum(i => 1 / (u[i] * u[i])), m = members.Sum(i => x[i] / (u[i] * u[i])) / w;
            var q = members.Sum(i => (x[i] - m) * (x[i] - m) / (u[i] * u[i]));
            if (q < ChiSquare.UpperQuantile(0.05, members.Length - 1) && (members.Length > best.Size || q < best.Q))
                best = (members.Length, q);
        }
        return best;
    }

    [Fact]
    public void Equally_good_subsets_are_reported()
    {
        var subset = LargestConsistentSubset.Find([0, 1, 10, 11], [1, 1, 1, 1]);
        Assert.Equal([0, 1], subset.Members);
        Assert.Equal([2, 3], Assert.Single(subset.Ties));
        Assert.Contains("ties", LargestConsistentSubset.Of([0, 1, 10, 11], [1, 1, 1, 1]).Warnings);
    }

    [Fact]
    public void Five_hundred_results_are_no_obstacle()
    {
        var random = new Random(7);
        double[] x = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() * 40)], u = [.. Enumerable.Range(0, 500).Select(_ => 0.5 + random.NextDouble())];
        var r = LargestConsistentSubset.Of(x, u);
        Assert.InRange(r.Included.Count(b => b), 2, 499);
        Assert.True(r.PValue > 0.05);
    }
}
