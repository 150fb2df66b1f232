namespace Plumbline.Numerics.Bench;

/// <summary>One row of the table: what is done, how fast it must be, and what a peer needs for it.</summary>
internal sealed record Work(string Name, double Target, string? PeerKey, string Quoted, Action Run)
{
    private static readonly double[] pcb = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8];
    private static readonly double[] pcbU = [1.03, 0.69, 0.83, 0.29, 0.4, 0.38];
    private static readonly double[] pcbNu = [60, 4, 18, 2, 13, 60];
    private static readonly (double[] X, double[] U) nineteen = Results(19, 1.2), twentyOne = Results(21, 0.8), twentyTwo = Results(22, 1.5), threeHundred = Results(300, 1.5);
    private static readonly double[] nineteenNu = [.. Enumerable.Range(0, 19).Select(i => 3.0 + i)];
    private static readonly double[] sixtySix = Results(66, 1).X, tenThousand = Results(10_000, 1).X;
    private static readonly HierarchicalModel laplace = new() { Effects = LaboratoryEffects.Laplace };

    internal static readonly Work[] All =
    [
        new("one DerSimonian–Laird fit with Q and p, 19 laboratories", 5e-6, "dl", "metafor 5.1: 8 ms; metRology 0.9-29: 0.026 ms, bare", () => DerSimonianLaird.Of(nineteen.X, nineteen.U)),
        new("Paule–Mandel fit, 19 laboratories", 20e-6, "pm", "metafor 5.1: 11–13 ms", () => PauleMandel.Of(nineteen.X, nineteen.U)),
        new("REML fit, 19 laboratories", 20e-6, "reml", "metafor 5.1: 11–19 ms", () => MaximumLikelihood.Of(nineteen.X, nineteen.U)),
        new("DL parametric bootstrap, 10,000 replicates, 6 laboratories", 60e-3, "dl_bootstrap", "NICOB 1.4: 85 s", () => DerSimonianLairdBootstrap.Of(pcb, pcbU, new(1), pcbNu, 10_000)),
        new("leave-one-out DL, 19 laboratories", 100e-6, "loo", "metafor 5.1: 160 ms", () => DegreesOfEquivalence.LeaveOneOut(nineteen.X, nineteen.U, DerSimonianLaird.Of)),
        new("exact Gauss/Gauss posterior, known u, 19 laboratories", 5e-3, null, "bayesmeta 3.4: 36 s", () => HierarchicalBayes.Of(nineteen.X, nineteen.U)),
        new("Gauss posterior, finite ν, with degrees of equivalence, 6 laboratories", 100e-3, null, "NICOB 1.4: 5.6 s; NDT 1.0.4: 4.2 s", () => HierarchicalBayes.WithDegrees(pcb, pcbU, null, pcbNu)),
        new("Gauss posterior, finite ν, with degrees of equivalence, 19 laboratories", 100e-3, null, "NICOB 1.4: 3.9 s", () => HierarchicalBayes.WithDegrees(nineteen.X, nineteen.U, null, nineteenNu)),
        new("Laplace posterior, finite ν, with degrees of equivalence, 6 laboratories", 100e-3, null, "NDT 1.0.4: 4.8 s", () => HierarchicalBayes.WithDegrees(pcb, pcbU, laplace, pcbNu)),
        new("Laplace posterior, finite ν, with degrees of equivalence, 19 laboratories", 100e-3, null, "NDT 1.0.4: 4.8 s", () => HierarchicalBayes.WithDegrees(nineteen.X, nineteen.U, laplace, nineteenNu)),
        new("skew-t posterior, known u, with degrees of equivalence, 6 laboratories", 1, null, "NDT 1.0.4: 11.7 s", () => SkewHierarchicalBayes.WithDegrees(pcb, pcbU)),
        new("skew-t posterior, finite ν, with degrees of equivalence, 6 laboratories", 1, null, "NDT 1.0.4: 11.7 s", () => SkewHierarchicalBayes.WithDegrees(pcb, pcbU, null, pcbNu)),
        new("largest consistent subset, n = 22", 1e-3, null, "metRology 0.9-29: 56 s", () => LargestConsistentSubset.Find(twentyTwo.X, twentyTwo.U)),
        new("largest consistent subset, n = 300", 200e-3, null, "impossible by enumeration", () => LargestConsistentSubset.Find(threeHundred.X, threeHundred.U)),
        new("Q/Hampel, 66 values", 1e-3, null, "biodosetools 3.6: 16 s", () => QMethod.Of(sixtySix)),
        new("Q/Hampel, 10,000 values", 50e-3, null, "–", () => QMethod.Of(tenThousand)),
        new("MSD bootstrap B = 3,000, 21 laboratories", 30e-3, null, "metRology 0.9-29: 3.4 s", () => PairwiseStatistics.MedianScaledDifferencePValues(twentyOne.X, twentyOne.U, new(1), 3000)),
    ];

    /// <summary>Results that scatter by more than they state, always the same ones.</summary>
    private static (double[] X, double[] U) Results(int n, double dark)
    {
        var random = new Random(20_260 + n);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] u = [.. Enumerable.Range(0, n).Select(_ => 0.3 + random.NextDouble())];
        return ([.. u.Select(s => 100 + s * Normal() + dark * Normal())], u);
    }

    /// <summary>The nineteen laboratories, for the peers.</summary>
    internal static (double[] X, double[] U) Nineteen => nineteen;

    /// <summary>The six laboratories, for the peers.</summary>
    internal static (double[] X, double[] U) Six => (pcb, pcbU);
}
