namespace Plumbline.Numerics;

/// <summary>Maximum likelihood of ln t = x·b + σ ε with any censoring.</summary>
/// <remarks>In θ = (b/σ, 1/σ) the log-likelihood is concave for the families used here (Burridge 1981): Newton's method with halved steps finds the one maximum from anywhere.</remarks>
internal sealed class LifeLikelihood(LifeFamily family, Lifetimes data, double[][] design, bool unitScale = false)
{
    private const int MostSteps = 100;

    internal LifeFamily Family => family;

    internal Lifetimes Data => data;

    private int Covariates => design[0].Length;

    /// <param name="Theta">(b/σ, 1/σ).</param>
    /// <param name="Information">The observed information in θ at the maximum.</param>
    internal sealed record Maximum(double[] Theta, double LogLikelihood, double[,] Information, bool Converged, int Steps);

    internal static LifeLikelihood Plain(LifeFamily family, Lifetimes data, bool unitScale = false) =>
        new(family, data, [.. Enumerable.Repeat<double[]>([1.0], data.Count)], unitScale);

    internal Maximum Maximise() => Climb(Start(), unitScale ? Covariates : -1, null);

    /// <summary>The largest log-likelihood with 1/σ held.</summary>
    internal double ProfileOfShape(double shape)
    {
        var theta = Start();
        theta[^1] = shape;
        theta[0] *= shape;
        return Climb(theta, Covariates, null).LogLikelihood;
    }

    /// <summary>The largest log-likelihood with μ + σ z held at a value: that of ln of a quantile.</summary>
    internal double ProfileOfQuantile(double logQuantile, double z) => Climb([Start()[^1] * logQuantile - z, Start()[^1]], -1, (logQuantile, z)).LogLikelihood;

    /// <summary>The log-likelihood of a location where the scale is 1.</summary>
    internal double AtLocation(double location) => Evaluate([location, 1]).Value;

    private double[] Start()
    {
        var y = Enumerable.Range(0, data.Count).Select(i => double.IsNaN(data.High[i]) ? data.Low[i] : double.IsNaN(data.Low[i]) ? data.High[i] : (data.Low[i] + data.High[i]) / 2).ToArray();
        var mean = y.Average();
        var spread = Math.Sqrt(y.Average(v => (v - mean) * (v - mean)));
        var scale = unitScale || !(spread > 1e-3) ? 1 : Math.Min(1 / spread, 1e3);
        var theta = new double[Covariates + 1];
        theta[0] = mean * scale;
        theta[^1] = scale;
        return theta;
    }

    /// <param name="held">An element of θ that stays; −1 for none.</param>
    /// <param name="line">θ₁ = θ₂ q − z: one free direction.</param>
    private Maximum Climb(double[] theta, int held, (double Q, double Z)? line)
    {
        int n = theta.Length, steps = 0;
        var (value, gradient, information) = Evaluate(theta);
        var converged = false;
        for (; steps < MostSteps && !converged; steps++)
        {
            var step = line is { } l ? Along(gradient, information, [l.Q, 1]) : Solve(gradient, information, held);
            double share = 1, promised = 0;
            for (var i = 0; i < n; i++)
                promised += step[i] * gradient[i];
            converged = promised < 1e-12 * (1 + Math.Abs(value)) && promised < 1e-9;
            for (; share > 1e-12; share /= 2)
            {
                double[] next = [.. theta.Select((t, i) => t + share * step[i])];
                if (!(next[^1] > 0))
                    continue;
                var (higher, g, h) = Evaluate(next);
                if (!(higher >= value - 1e-13 * Math.Abs(value)))
                    continue;
                (theta, value, gradient, information) = (next, higher, g, h);
                break;
            }
            if (share <= 1e-12)
                break;
        }
        return new(theta, value, information, converged && theta[^1] < 1e7, steps);
    }

    private static double[] Along(double[] gradient, double[,] information, double[] direction)
    {
        double slope = 0, curvature = 0;
        for (var i = 0; i < direction.Length; i++)
        {
            slope += gradient[i] * direction[i];
            for (var j = 0; j < direction.Length; j++)
                curvature += direction[i] * information[i, j] * direction[j];
        }
        return [.. direction.Select(d => d * (curvature > 0 ? slope / curvature : slope))];
    }

    private static double[] Solve(double[] gradient, double[,] information, int held)
    {
        var n = gradient.Length;
        var free = Enumerable.Range(0, n).Where(i => i != held).ToArray();
        var matrix = new double[free.Length, free.Length];
        for (var i = 0; i < free.Length; i++)
            for (var j = 0; j < free.Length; j++)
                matrix[i, j] = information[free[i], free[j]] * (i == j ? 1 + 1e-14 : 1);
        var step = new double[n];
        double[] right = [.. free.Select(i => gradient[i])];
        try
        {
            var lower = Matrix.Cholesky(matrix, nameof(information));
            Matrix.ForwardSolve(lower, right);
            Matrix.BackwardSolve(lower, right);
        }
        catch (ArgumentException)
        {
            // Flat to rounding in some direction: go uphill along the gradient instead.
            for (var i = 0; i < free.Length; i++)
                right[i] /= Math.Max(matrix[i, i], 1e-300);
        }
        for (var i = 0; i < free.Length; i++)
            step[free[i]] = right[i];
        return step;
    }

    private (double Value, double[] Gradient, double[,] Information) Evaluate(double[] theta)
    {
        int p = Covariates, n = p + 1;
        double value = 0;
        var gradient = new double[n];
        var information = new double[n, n];
        double[] va = new double[n], vb = new double[n];
        for (var u = 0; u < data.Count; u++)
        {
            double location = 0;
            for (var j = 0; j < p; j++)
            {
                location += design[u][j] * theta[j];
                va[j] = vb[j] = -design[u][j];
            }
            va[p] = data.Low[u];
            vb[p] = data.High[u];
            double a = theta[p] * data.Low[u] - location, b = theta[p] * data.High[u] - location;
            switch (data.Kinds[u])
            {
                case Observation.Exact:
                    value += Math.Log(theta[p]) - data.Low[u];
                    gradient[p] += 1 / theta[p];
                    information[p, p] += 1 / (theta[p] * theta[p]);
                    Add(family.Density(a), va);
                    break;
                case Observation.RightCensored:
                    Add(family.Upper(a), va);
                    break;
                case Observation.LeftCensored:
                    Add(family.Lower(b), vb);
                    break;
                default:
                    var t = family.Between(a, b);
                    value += t.Value;
                    for (var i = 0; i < n; i++)
                    {
                        gradient[i] += t.A * va[i] + t.B * vb[i];
                        for (var j = 0; j < n; j++)
                            information[i, j] -= t.Aa * va[i] * va[j] + t.Ab * (va[i] * vb[j] + vb[i] * va[j]) + t.Bb * vb[i] * vb[j];
                    }
                    break;
            }
        }
        return (value, gradient, information);

        void Add((double Value, double First, double Second) term, double[] v)
        {
            value += term.Value;
            for (var i = 0; i < n; i++)
            {
                gradient[i] += term.First * v[i];
                for (var j = 0; j < n; j++)
                    information[i, j] -= term.Second * v[i] * v[j];
            }
        }
    }
}
