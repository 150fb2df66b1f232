namespace Plumbline.Numerics;

/// <summary>Few nodes in place of many: the Gauss rule of a discrete measure (Gragg and Harwood's updating, then the eigenvalues of the Jacobi matrix).</summary>
internal static class GaussRule
{
    /// <summary>A rule that integrates polynomials up to degree 2·count − 1 as the given nodes and weights do.</summary>
    internal static (double[] X, double[] W) Reduce(double[] x, double[] w, int count)
    {
        if (x.Length <= count)
            return (x, w);
        var (diagonal, side) = Jacobi(x, w, count);
        return Eigen(diagonal, side, w.Sum());
    }

    /// <summary>Stieltjes' procedure: the recurrence of the polynomials orthogonal under the measure.</summary>
    private static (double[] Diagonal, double[] Side) Jacobi(double[] x, double[] w, int count)
    {
        double[] previous = new double[x.Length], current = [.. Enumerable.Repeat(1 / Math.Sqrt(w.Sum()), x.Length)];
        double[] diagonal = new double[count], side = new double[count];
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < x.Length; i++)
                diagonal[k] += w[i] * x[i] * current[i] * current[i];
            var next = new double[x.Length];
            var norm = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                next[i] = (x[i] - diagonal[k]) * current[i] - (k > 0 ? side[k - 1] : 0) * previous[i];
                norm += w[i] * next[i] * next[i];
            }
            side[k] = Math.Sqrt(norm);
            (previous, current) = (current, Array.ConvertAll(next, v => v / side[k]));
        }
        return (diagonal, side);
    }

    /// <summary>Eigenvalues and first components by Jacobi rotations: the matrices are tiny.</summary>
    private static (double[] X, double[] W) Eigen(double[] diagonal, double[] side, double total)
    {
        var n = diagonal.Length;
        double[,] a = new double[n, n], v = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            a[i, i] = diagonal[i];
            v[i, i] = 1;
            if (i + 1 < n)
                a[i, i + 1] = a[i + 1, i] = side[i];
        }
        for (var sweep = 0; sweep < 60; sweep++)
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++)
                    Rotate(a, v, p, q);
        return ([.. Enumerable.Range(0, n).Select(i => a[i, i])], [.. Enumerable.Range(0, n).Select(i => total * v[0, i] * v[0, i])]);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        var n = a.GetLength(0);
        for (var k = 0; k < n; k++)
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (var k = 0; k < n; k++)
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
        for (var k = 0; k < n; k++)
            (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q]);
    }
}
