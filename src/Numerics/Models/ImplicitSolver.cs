namespace Plumbline.Numerics;

/// <summary>Solves the implicit equations of a model by Newton steps that are shortened until the residual falls.</summary>
internal static class ImplicitSolver
{
    private const int MostSteps = 100;

    /// <summary>The estimates, followed by the unknowns that make every equation zero.</summary>
    /// <exception cref="ArithmeticException">No solution was found from the start.</exception>
    internal static double[] Solve(MeasurementModel model, double[] estimates)
    {
        if (!model.IsImplicit)
            return estimates;
        double[] inputs = [.. estimates, .. model.Starts];
        return TrySolve(model, inputs) ? inputs
            : throw new ArithmeticException($"No solution of the implicit equations was found for {string.Join(", ", model.UnknownNames)} from {string.Join(", ", model.Starts)}: give another start.");
    }

    /// <summary>Improves the unknowns at the end of <paramref name="inputs"/> in place, from where they stand.</summary>
    internal static bool TrySolve(MeasurementModel model, double[] inputs)
    {
        int n = model.QuantityNames.Count, m = model.UnknownNames.Count, results = model.ResultNames.Count;
        var values = new double[model.Program.Count];
        var residual = Residual(model, inputs, values);
        for (var step = 0; step < MostSteps; step++)
        {
            var whole = model.Program.Jacobian(inputs);
            var matrix = new double[m, m];
            var right = new double[m, 1];
            for (var i = 0; i < m; i++)
            {
                right[i, 0] = -values[model.Program.Outputs[results + i]];
                for (var j = 0; j < m; j++)
                    matrix[i, j] = whole[results + i, n + j];
            }
            if (!double.IsFinite(residual) || LinearSystem.Solve(matrix, right) is not { } change)
                return residual == 0;
            var small = true;
            for (var j = 0; j < m; j++)
                small &= Math.Abs(change[j, 0]) <= 1e-14 * Math.Abs(inputs[n + j]) + 1e-300;
            if (residual == 0 || small)
                return true;
            double[] old = [.. inputs];
            var share = 1.0;
            double next;
            do
            {
                for (var j = 0; j < m; j++)
                    inputs[n + j] = old[n + j] + share * change[j, 0];
                next = Residual(model, inputs, values);
                share /= 2;
            }
            while (!(next < residual) && share > 1e-10);
            if (!(next < residual))
            {
                // Rounding, not the equations, keeps the residual up: the last step was a matter of digits.
                var digits = true;
                for (var j = 0; j < m; j++)
                {
                    digits &= Math.Abs(change[j, 0]) <= 1e-9 * Math.Abs(old[n + j]);
                    inputs[n + j] = old[n + j];
                }
                return digits;
            }
            residual = next;
        }
        return false;
    }

    private static double Residual(MeasurementModel model, double[] inputs, double[] values)
    {
        model.Program.Run(inputs, values);
        var sum = 0.0;
        for (var i = model.ResultNames.Count; i < model.Program.Outputs.Length; i++)
            sum = double.Hypot(sum, values[model.Program.Outputs[i]]);
        return sum;
    }
}

/// <summary>Small linear systems by elimination with row pivots.</summary>
internal static class LinearSystem
{
    /// <summary>X of A·X = B; null when A is singular to working precision.</summary>
    internal static double[,]? Solve(double[,] matrix, double[,] right)
    {
        int n = matrix.GetLength(0), columns = right.GetLength(1);
        var a = (double[,])matrix.Clone();
        var b = (double[,])right.Clone();
        // Rows are measured by their largest element, so that the units of an equation do not choose the pivot.
        var scale = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Max(j => Math.Abs(a[i, j]))).ToArray();
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => scale[i] == 0 ? 0 : Math.Abs(a[i, k]) / scale[i]);
            if (!(Math.Abs(a[pivot, k]) > 1e-15 * scale[pivot]))
                return null;
            for (var j = 0; j < n; j++)
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            for (var j = 0; j < columns; j++)
                (b[k, j], b[pivot, j]) = (b[pivot, j], b[k, j]);
            (scale[k], scale[pivot]) = (scale[pivot], scale[k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j < n; j++)
                    a[i, j] -= factor * a[k, j];
                for (var j = 0; j < columns; j++)
                    b[i, j] -= factor * b[k, j];
            }
        }
        for (var i = n - 1; i >= 0; i--)
            for (var j = 0; j < columns; j++)
            {
                for (var k = i + 1; k < n; k++)
                    b[i, j] -= a[i, k] * b[k, j];
                b[i, j] /= a[i, i];
            }
        return b;
    }
}
