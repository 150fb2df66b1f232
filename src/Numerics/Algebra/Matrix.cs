namespace Plumbline.Numerics;

/// <summary>The little linear algebra that generalised least squares needs.</summary>
internal static class Matrix
{
    /// <summary>The lower Cholesky factor of a symmetric positive definite matrix.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    internal static double[,] Cholesky(double[,] matrix, string name)
    {
        var n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var pivot = matrix[j, j];
            for (var k = 0; k < j; k++)
                pivot -= factor[j, k] * factor[j, k];
            if (!(pivot > 1e-14 * matrix[j, j]))
                throw new ArgumentException($"Must be positive definite: row {j + 1} depends on the rows before it.", name);
            factor[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                factor[i, j] = sum / factor[j, j];
            }
        }
        return factor;
    }

    /// <summary>Solves L y = b in place.</summary>
    internal static void ForwardSolve(double[,] lower, double[] b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            for (var k = 0; k < i; k++)
                b[i] -= lower[i, k] * b[k];
            b[i] /= lower[i, i];
        }
    }

    /// <summary>Solves Lᵀ y = b in place.</summary>
    internal static void BackwardSolve(double[,] lower, double[] b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < b.Length; k++)
                b[i] -= lower[k, i] * b[k];
            b[i] /= lower[i, i];
        }
    }

    /// <summary>(LLᵀ)⁻¹ from the lower factor.</summary>
    internal static double[,] InverseOfCholesky(double[,] lower)
    {
        var n = lower.GetLength(0);
        var inverse = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var column = new double[n];
            column[j] = 1;
            ForwardSolve(lower, column);
            BackwardSolve(lower, column);
            for (var i = 0; i < n; i++)
                inverse[i, j] = column[i];
        }
        return inverse;
    }

    internal static double[,] Diagonal(double[] variances)
    {
        var matrix = new double[variances.Length, variances.Length];
        for (var i = 0; i < variances.Length; i++)
            matrix[i, i] = variances[i];
        return matrix;
    }

    internal static double[] Multiply(double[,] matrix, double[] vector)
    {
        var product = new double[matrix.GetLength(0)];
        for (var i = 0; i < product.Length; i++)
            for (var j = 0; j < vector.Length; j++)
                product[i] += matrix[i, j] * vector[j];
        return product;
    }

    internal static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
