namespace Plumbline.Numerics;

/// <summary>Laboratories whose errors rise and fall together over measurands and rounds (误差相关): correlation of double-centred scores with a permutation test.</summary>
public static class ErrorProfiles
{
    /// <summary>All pairs of laboratories.</summary>
    /// <param name="scoresByLaboratory">A row of scores (such as z) for each of at least three laboratories, a column for each of at least four measurands.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="permutations">At least 100; the smallest p-value possible is 1/(permutations + 1).</param>
    /// <returns>Correlations in order of rising one-sided p-value, Holm's correction for all pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite, or too few permutations.</exception>
    /// <exception cref="ArgumentException">Too few laboratories or measurands, or rows of different length.</exception>
    /// <remarks>Row and column means are taken out first: what a measurand does to everyone, and a laboratory's constant bias, are no finding.</remarks>
    public static PairFinding[] Pairs(double[][] scoresByLaboratory, Random random, int permutations = 10_000)
    {
        ArgumentNullException.ThrowIfNull(scoresByLaboratory);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(permutations, 100);
        if (scoresByLaboratory.Length < 3)
            throw new ArgumentException("At least three laboratories are needed.", nameof(scoresByLaboratory));
        foreach (var row in scoresByLaboratory)
        {
            Require.Finite(row, 4, nameof(scoresByLaboratory));
            Require.SameLength(row, scoresByLaboratory[0].Length, nameof(scoresByLaboratory));
        }
        var z = Centred(scoresByLaboratory);
        var findings = new List<(int First, int Second, double R, double P)>();
        for (var i = 0; i < z.Length; i++)
            for (var j = i + 1; j < z.Length; j++)
            {
                var r = Correlate(z[i], z[j]);
                var shuffled = (double[])z[j].Clone();
                var extreme = 0;
                for (var n = 0; n < permutations; n++)
                {
                    random.Shuffle(shuffled);
                    if (Correlate(z[i], shuffled) >= r - 1e-12)
                        extreme++;
                }
                findings.Add((i, j, r, (extreme + 1.0) / (permutations + 1)));
            }
        var corrected = Multiplicity.Holm([.. findings.Select(f => f.P)]);
        return [.. findings.Select((f, k) => new PairFinding(f.First, f.Second, f.R, f.P, corrected[k])).OrderBy(f => f.PValue)];
    }

    private static double[][] Centred(double[][] scores)
    {
        int n = scores.Length, m = scores[0].Length;
        double[] rows = Array.ConvertAll(scores, r => r.Average()), columns = [.. Enumerable.Range(0, m).Select(k => scores.Average(r => r[k]))];
        var all = rows.Average();
        var centred = new double[n][];
        for (var i = 0; i < n; i++)
            centred[i] = [.. scores[i].Select((v, k) => v - rows[i] - columns[k] + all)];
        return centred;
    }

    /// <summary>Both rows have mean zero.</summary>
    private static double Correlate(double[] a, double[] b)
    {
        double aa = Matrix.Dot(a, a), bb = Matrix.Dot(b, b);
        return aa > 0 && bb > 0 ? Matrix.Dot(a, b) / Math.Sqrt(aa * bb) : 0;
    }
}
