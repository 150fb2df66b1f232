namespace Plumbline.Numerics;

/// <summary>Straight lines with both coordinates uncertain: Q(a, b) = r′W⁻¹r with r = y − a − bx and W(b) = V<sub>yy</sub> − b(V<sub>xy</sub> + V<sub>yx</sub>) + b²V<sub>xx</sub>.</summary>
/// <remarks>
/// The direction is searched over all angles (Krystek and Anton, Meas. Sci. Technol. 18 (2007) 3438), so that no start is needed and steep lines are as good as flat ones; Newton's rule on the two equations then gives the last digits.
/// The covariance is that to which the data's propagates through these equations.
/// </remarks>
internal static class TotalLeastSquares
{
    internal static LineFit Fit(double[] x, double[] y, PointCovariance covariance)
    {
        var n = x.Length;
        double centreX = x[0] + x.Sum(v => v - x[0]) / n, centreY = y[0] + y.Sum(v => v - y[0]) / n;
        double[] dx = Array.ConvertAll(x, v => v - centreX), dy = Array.ConvertAll(y, v => v - centreY);
        double sizeX = Math.Sqrt(dx.Sum(v => v * v)), sizeY = Math.Sqrt(dy.Sum(v => v * v));
        if (!(sizeX > 0))
            throw new ArgumentException("The points lie on one vertical line.", nameof(x));
        var scale = sizeY > 0 ? sizeY / sizeX : 1;
        double At(double angle) => Quality(dx, dy, scale * Math.Tan(angle), covariance).Q;
        const int steps = 180;
        double[] angles = [.. Enumerable.Range(0, steps).Select(i => Math.PI * ((i + 0.5) / steps - 0.5))];
        var best = angles.MinBy(At);
        var slope = scale * Math.Tan(Narrow(At, best - Math.PI / steps, best + Math.PI / steps));
        var level = Quality(dx, dy, slope, covariance).A;
        Equations equations;
        var solved = (Level: level, Slope: slope);
        for (var i = 0; i < 20; i++)
        {
            equations = new(dx, dy, solved.Level, solved.Slope, covariance);
            var (da, db) = equations.Step();
            // Newton only polishes: a step that leaves the valley is not taken.
            if (!double.IsFinite(db) || Math.Abs(db) > 0.01 * (Math.Abs(solved.Slope) + scale))
                break;
            solved = (solved.Level + da, solved.Slope + db);
            if (Math.Abs(db) <= 1e-15 * Math.Abs(solved.Slope) + 1e-300)
                break;
        }
        equations = new(dx, dy, solved.Level, solved.Slope, covariance);
        double[] residuals = [.. dx.Select((v, i) => dy[i] - solved.Level - solved.Slope * v)];
        return new(centreX, centreY + solved.Level, solved.Slope, equations.Propagate(), Quality(dx, dy, solved.Slope, covariance).Q, n - 2, false, residuals, equations.GaussMarkov(dx));
    }

    /// <summary>The best level for a slope and what is left.</summary>
    private static (double Q, double A) Quality(double[] x, double[] y, double b, PointCovariance covariance)
    {
        var solve = covariance.Solver(b);
        double[] d = [.. x.Select((v, i) => y[i] - b * v)], ones = [.. Enumerable.Repeat(1.0, x.Length)];
        var weighted = solve(ones);
        var a = Matrix.Dot(weighted, d) / weighted.Sum();
        double[] r = Array.ConvertAll(d, v => v - a);
        return (Matrix.Dot(r, solve(r)), a);
    }

    private static double Narrow(Func<double, double> function, double low, double high)
    {
        var golden = 0.5 * (Math.Sqrt(5) - 1);
        for (var i = 0; i < 60; i++)
        {
            double a = high - golden * (high - low), b = low + golden * (high - low);
            if (function(a) <= function(b))
                high = b;
            else
                low = a;
        }
        return 0.5 * (low + high);
    }

    /// <summary>The two conditions 1′s = 0 and x′s + ½s′Ms = 0 with s = W⁻¹r and M = dW/db, and their derivatives.</summary>
    private sealed class Equations
    {
        private readonly double[] s, q, weightedOnes, weightedQ;
        private readonly double slope;
        private readonly PointCovariance covariance;
        private readonly double h11, h12, h22, first, second;

        internal Equations(double[] x, double[] y, double a, double b, PointCovariance covariance)
        {
            (slope, this.covariance) = (b, covariance);
            var solve = covariance.Solver(b);
            s = solve([.. x.Select((v, i) => y[i] - a - b * v)]);
            var ms = covariance.Derivative(b, s);
            q = [.. x.Select((v, i) => v + ms[i])];
            double[] ones = [.. Enumerable.Repeat(1.0, x.Length)];
            weightedOnes = solve(ones);
            weightedQ = solve(q);
            (first, second) = (s.Sum(), Matrix.Dot(x, s) + 0.5 * Matrix.Dot(s, ms));
            h11 = -weightedOnes.Sum();
            h12 = -Matrix.Dot(weightedOnes, q);
            h22 = -Matrix.Dot(q, weightedQ) + Matrix.Dot(s, covariance.OfAbscissae(s));
        }

        private double Determinant => h11 * h22 - h12 * h12;

        internal (double A, double B) Step() => (-(h22 * first - h12 * second) / Determinant, -(h11 * second - h12 * first) / Determinant);

        /// <summary>The inverse normal matrix of level and slope at the fitted abscissae, ISO/TS 28037, 7.3.1 step 7 and 10.3.</summary>
        internal double[,] GaussMarkov(double[] x)
        {
            var errors = covariance.AbscissaErrors(slope, s);
            double[] fitted = [.. x.Select((v, i) => v - errors[i])], weighted = covariance.Solver(slope)(fitted);
            double n11 = weightedOnes.Sum(), n12 = Matrix.Dot(weightedOnes, fitted), n22 = Matrix.Dot(fitted, weighted), d = n11 * n22 - n12 * n12;
            return new[,] { { n22 / d, -n12 / d }, { -n12 / d, n11 / d } };
        }

        internal double[,] Propagate()
        {
            // Rows of G: how the two conditions move with x and with y.
            double[] ax = Array.ConvertAll(weightedOnes, v => -slope * v), bx = [.. s.Select((v, i) => v - slope * weightedQ[i])];
            double g11 = covariance.Form(ax, weightedOnes, ax, weightedOnes), g12 = covariance.Form(ax, weightedOnes, bx, weightedQ), g22 = covariance.Form(bx, weightedQ, bx, weightedQ);
            double i11 = h22 / Determinant, i12 = -h12 / Determinant, i22 = h11 / Determinant;
            double p11 = i11 * g11 + i12 * g12, p12 = i11 * g12 + i12 * g22, p21 = i12 * g11 + i22 * g12, p22 = i12 * g12 + i22 * g22;
            var cross = p11 * i12 + p12 * i22;
            return new[,] { { p11 * i11 + p12 * i12, cross }, { cross, p21 * i12 + p22 * i22 } };
        }
    }
}

/// <summary>Covariance of the coordinates of points.</summary>
internal abstract class PointCovariance
{
    /// <summary>Multiplies with W(b)⁻¹.</summary>
    internal abstract Func<double[], double[]> Solver(double b);

    /// <summary>(dW/db)·v.</summary>
    internal abstract double[] Derivative(double b, double[] v);

    /// <summary>V<sub>xx</sub>·v.</summary>
    internal abstract double[] OfAbscissae(double[] v);

    /// <summary>(V<sub>xy</sub> − bV<sub>xx</sub>)·s: the errors of the abscissae that the residuals make likely.</summary>
    internal abstract double[] AbscissaErrors(double b, double[] s);

    /// <summary>(ax; ay)′ V (bx; by).</summary>
    internal abstract double Form(double[] ax, double[] ay, double[] bx, double[] by);
}

/// <summary>Points independent of each other.</summary>
internal sealed class IndependentPoints(double[] xx, double[] xy, double[] yy) : PointCovariance
{
    internal override Func<double[], double[]> Solver(double b)
    {
        double[] w = [.. xx.Select((v, i) => Math.Max(yy[i] - 2 * b * xy[i] + b * b * v, 1e-12 * (yy[i] + b * b * v) + 1e-300))];
        return v => [.. v.Select((e, i) => e / w[i])];
    }

    internal override double[] Derivative(double b, double[] v) => [.. v.Select((e, i) => (2 * b * xx[i] - 2 * xy[i]) * e)];

    internal override double[] OfAbscissae(double[] v) => [.. v.Select((e, i) => xx[i] * e)];

    internal override double[] AbscissaErrors(double b, double[] s) => [.. s.Select((e, i) => (xy[i] - b * xx[i]) * e)];

    internal override double Form(double[] ax, double[] ay, double[] bx, double[] by) =>
        Enumerable.Range(0, xx.Length).Sum(i => ax[i] * xx[i] * bx[i] + (ax[i] * by[i] + ay[i] * bx[i]) * xy[i] + ay[i] * yy[i] * by[i]);
}

/// <summary>Any covariance of all coordinates.</summary>
internal sealed class CorrelatedPoints(double[,] joint) : PointCovariance
{
    private readonly int n = joint.GetLength(0) / 2;

    internal override Func<double[], double[]> Solver(double b)
    {
        var w = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                w[i, j] = joint[n + i, n + j] - b * (joint[i, n + j] + joint[n + i, j]) + b * b * joint[i, j];
        var factor = Matrix.Cholesky(w, "jointCovariance");
        return v =>
        {
            var solved = (double[])v.Clone();
            Matrix.ForwardSolve(factor, solved);
            Matrix.BackwardSolve(factor, solved);
            return solved;
        };
    }

    internal override double[] Derivative(double b, double[] v) => Product((i, j) => 2 * b * joint[i, j] - joint[i, n + j] - joint[n + i, j], v);

    internal override double[] OfAbscissae(double[] v) => Product((i, j) => joint[i, j], v);

    internal override double[] AbscissaErrors(double b, double[] s) => Product((i, j) => joint[i, n + j] - b * joint[i, j], s);

    internal override double Form(double[] ax, double[] ay, double[] bx, double[] by)
    {
        double[] a = [.. ax, .. ay], b = [.. bx, .. by];
        return Matrix.Dot(a, Matrix.Multiply(joint, b));
    }

    private double[] Product(Func<int, int, double> element, double[] v) => [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => element(i, j) * v[j]))];
}
