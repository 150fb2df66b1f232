namespace Plumbline.Numerics;

/// <summary>The sums that estimators of a common mean share when results are correlated: generalised least squares with V + tI, over centred and scaled data.</summary>
internal sealed class CorrelatedEffects
{
    private readonly double[] z;
    private readonly double[,] v;
    private readonly string name;

    internal CorrelatedEffects(double[] values, double[,] covariance, string name)
    {
        var n = values.Length;
        this.name = name;
        Frame = Frame.Of(values, [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(covariance[i, i]))]);
        z = Frame.Z;
        v = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                v[i, j] = covariance[i, j] / Frame.Scale / Frame.Scale;
    }

    internal Frame Frame { get; }

    /// <param name="Mean">(1′Σ⁻¹z)/(1′Σ⁻¹1), Σ = V + tI.</param>
    /// <param name="Sum">1′Σ⁻¹1.</param>
    /// <param name="Q">r′Σ⁻¹r of the residuals.</param>
    /// <param name="Fall">−dQ/dt = r′Σ⁻²r.</param>
    /// <param name="Weights">Σ⁻¹1/Sum.</param>
    /// <param name="Factor">The Cholesky factor of Σ.</param>
    internal readonly record struct Fit(double Mean, double Sum, double Q, double Fall, double[] Weights, double[,] Factor);

    internal Fit At(double t)
    {
        var n = z.Length;
        var sigma = (double[,])v.Clone();
        for (var i = 0; i < n; i++)
            sigma[i, i] += t;
        var factor = Matrix.Cholesky(sigma, name);
        var ones = Enumerable.Repeat(1.0, n).ToArray();
        Matrix.ForwardSolve(factor, ones);
        var sum = Matrix.Dot(ones, ones);
        var whitened = (double[])z.Clone();
        Matrix.ForwardSolve(factor, whitened);
        var mean = Matrix.Dot(ones, whitened) / sum;
        for (var i = 0; i < n; i++)
            whitened[i] -= mean * ones[i];
        var q = Matrix.Dot(whitened, whitened);
        Matrix.BackwardSolve(factor, whitened);
        Matrix.BackwardSolve(factor, ones);
        return new(mean, sum, q, Matrix.Dot(whitened, whitened), Array.ConvertAll(ones, w => w / sum), factor);
    }

    /// <summary>tr P with P = V⁻¹ − V⁻¹11′V⁻¹/(1′V⁻¹1), so that E[Q] = n − 1 + τ² tr P: the squares of L⁻¹ beside the direction L⁻¹1, without cancellation.</summary>
    internal double TraceOfProjection()
    {
        var n = z.Length;
        var factor = At(0).Factor;
        var ones = Enumerable.Repeat(1.0, n).ToArray();
        Matrix.ForwardSolve(factor, ones);
        var length = Matrix.Dot(ones, ones);
        var trace = 0.0;
        for (var j = 0; j < n; j++)
        {
            var column = new double[n];
            column[j] = 1;
            Matrix.ForwardSolve(factor, column);
            var along = Matrix.Dot(column, ones) / length;
            for (var i = 0; i < n; i++)
                trace += (column[i] - along * ones[i]) * (column[i] - along * ones[i]);
        }
        return trace;
    }

    /// <summary>The common result with weights from V + tI; χ² is that of V alone.</summary>
    internal ConsensusResult Result(string method, double t, int iterations = 0, bool converged = true)
    {
        var fit = At(t);
        var (q, nu) = (t == 0 ? fit.Q : At(0).Q, z.Length - 1);
        return new()
        {
            Method = method,
            Value = Frame.Location(fit.Mean),
            StandardUncertainty = Frame.Scale / Math.Sqrt(fit.Sum),
            Weights = fit.Weights,
            Included = [.. Enumerable.Repeat(true, z.Length)],
            Tau = Frame.Scale * Math.Sqrt(t),
            ChiSquared = q,
            DegreesOfFreedom = nu,
            PValue = nu > 0 ? ChiSquare.UpperTail(q, nu) : null,
            Iterations = iterations,
            Converged = converged,
            Warnings = fit.Weights.Any(w => w < 0) ? ["negative-weights"] : [],
        };
    }
}
