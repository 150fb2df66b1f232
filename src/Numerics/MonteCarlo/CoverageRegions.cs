namespace Plumbline.Numerics;

/// <summary>Regions that hold a vector result with the coverage asked for (包含区域; JCGM 102:2011, 7.7).</summary>
/// <param name="EllipsoidFactor">k<sub>p</sub>: the ellipsoid (y − ŷ)ᵀU⁻¹(y − ŷ) ≤ k<sub>p</sub>².</param>
/// <param name="RectangleFactor">k<sub>q</sub>: the rectangle ŷ<sub>j</sub> ± k<sub>q</sub>u<sub>j</sub>.</param>
/// <param name="Smallest">Of two results, the smallest region on a grid; null for another number of results.</param>
public sealed record CoverageRegions(double EllipsoidFactor, double RectangleFactor, GridRegion? Smallest)
{
    /// <summary>Finds the regions by a second pass over the same trials.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">As for the run.</param>
    /// <param name="result">The run: its seed, trials, means and covariances are used.</param>
    /// <exception cref="ArgumentException">The results are linearly dependent, so that they have no ellipsoid.</exception>
    public static CoverageRegions Of(MeasurementModel model, JointInputs inputs, MonteCarloResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(TrialSource.Of(model, inputs), result);
    }

    internal static CoverageRegions Of(TrialSource source, MonteCarloResult result)
    {
        var n = result.Outputs.Length;
        var factor = Matrix.Cholesky(result.Covariance, nameof(result));
        double[] means = [.. result.Outputs.Select(o => o.Mean)], u = [.. Enumerable.Range(0, n).Select(k => Math.Sqrt(result.Covariance[k, k]))];
        var distances = new TrialSource(source.Inputs, ["ellipsoid", "rectangle"], () => Distances(source.Create(), factor, means, u));
        var run = MonteCarlo.Run(distances, result.Options);
        return new(Math.Sqrt(run.Outputs[0].Quantile(result.Options.Coverage)), run.Outputs[1].Quantile(result.Options.Coverage), n == 2 ? GridRegion.Of(source, result) : null);
    }

    /// <summary>The squared Mahalanobis distance of every trial, and its largest deviation in standard uncertainties.</summary>
    private static BlockModel Distances(BlockModel model, double[,] factor, double[] means, double[] u)
    {
        double[][] results = [new double[InputDrawer.Lanes], new double[InputDrawer.Lanes]];
        var d = new double[means.Length];
        return inputs =>
        {
            var outputs = model(inputs);
            for (var t = 0; t < InputDrawer.Lanes; t++)
            {
                var largest = 0.0;
                for (var k = 0; k < d.Length; k++)
                {
                    d[k] = outputs[k][t] - means[k];
                    largest = Math.Max(largest, Math.Abs(d[k]) / u[k]);
                }
                Matrix.ForwardSolve(factor, d);
                (results[0][t], results[1][t]) = (Matrix.Dot(d, d), largest);
            }
            return results;
        };
    }
}

/// <summary>The smallest region of two results: the cells of a grid with most trials, until they hold the coverage.</summary>
/// <param name="First">Edges of the cells along the first result.</param>
/// <param name="Second">Edges along the second.</param>
/// <param name="Inside">Whether a cell belongs to the region: first index along the first result.</param>
/// <param name="Area">The area of the region, in the product of the units.</param>
/// <param name="Coverage">The share of the trials it holds.</param>
public sealed record GridRegion(double[] First, double[] Second, bool[,] Inside, double Area, double Coverage)
{
    private const int Cells = 100;

    internal static GridRegion Of(TrialSource source, MonteCarloResult result)
    {
        var edges = result.Outputs.Select(o =>
        {
            double low = o.Quantile(1e-4), high = o.Quantile(1 - 1e-4);
            return Enumerable.Range(0, Cells + 1).Select(i => low + (high - low) * i / Cells).ToArray();
        }).ToArray();
        var states = source.Run(result.Options, 0, result.Options.Blocks, () => new long[Cells * Cells], (counts, outputs, _) =>
        {
            for (var t = 0; t < InputDrawer.Lanes; t++)
            {
                int i = Cell(edges[0], outputs[0][t]), j = Cell(edges[1], outputs[1][t]);
                if (i >= 0 && j >= 0)
                    counts[i * Cells + j]++;
            }
        }, (_, _) => { });
        var total = Enumerable.Range(0, Cells * Cells).Select(c => states.Sum(s => s[c])).ToArray();
        var inside = new bool[Cells, Cells];
        long held = 0, cells = 0;
        foreach (var c in Enumerable.Range(0, total.Length).OrderByDescending(c => total[c]).ThenBy(c => c))
        {
            if (held >= result.Options.Coverage * result.Trials)
                break;
            inside[c / Cells, c % Cells] = true;
            held += total[c];
            cells++;
        }
        return new(edges[0], edges[1], inside, cells * (edges[0][1] - edges[0][0]) * (edges[1][1] - edges[1][0]), (double)held / result.Trials);
    }

    private static int Cell(double[] edges, double v) => v < edges[0] || v >= edges[^1] ? -1 : Math.Min((int)((v - edges[0]) / (edges[^1] - edges[0]) * Cells), Cells - 1);
}
