namespace Plumbline.Numerics;

/// <summary>Second derivatives of a model's result with respect to its quantities.</summary>
internal static class Curvature
{
    /// <param name="model">The model.</param>
    /// <param name="inputs">The estimates, followed by the solved unknowns.</param>
    /// <param name="result">Which result.</param>
    internal static double[,] Of(MeasurementModel model, double[] inputs, int result)
    {
        var own = Hessian(model.Program, result, inputs);
        int n = model.QuantityNames.Count, m = model.UnknownNames.Count, results = model.ResultNames.Count;
        if (m == 0)
            return own;
        // With z = (x, y): h_y·y_ab = −z_aᵀ·h_zz·z_b for each equation, and the result follows by the same rule.
        var whole = model.Program.Jacobian(inputs);
        double[,] byUnknown = new double[m, m], byQuantity = new double[m, n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
                byUnknown[i, j] = whole[results + i, n + j];
            for (var j = 0; j < n; j++)
                byQuantity[i, j] = -whole[results + i, j];
        }
        var slopes = LinearSystem.Solve(byUnknown, byQuantity)!;
        var tangent = new double[n + m, n];
        for (var a = 0; a < n; a++)
        {
            tangent[a, a] = 1;
            for (var i = 0; i < m; i++)
                tangent[n + i, a] = slopes[i, a];
        }
        var right = new double[m, n * n];
        for (var i = 0; i < m; i++)
        {
            var bent = Bend(Hessian(model.Program, results + i, inputs), tangent);
            for (var a = 0; a < n; a++)
                for (var b = 0; b < n; b++)
                    right[i, a * n + b] = -bent[a, b];
        }
        var second = LinearSystem.Solve(byUnknown, right)!;
        var h = Bend(own, tangent);
        for (var a = 0; a < n; a++)
            for (var b = 0; b < n; b++)
                for (var i = 0; i < m; i++)
                    h[a, b] += whole[result, n + i] * second[i, a * n + b];
        return h;
    }

    internal static double[,] Hessian(ModelProgram program, int output, double[] inputs)
    {
        var h = SymbolicGradient.Of(program, output).Jacobian(inputs);
        foreach (var v in h)
            if (!double.IsFinite(v))
                throw new ArithmeticException("The model is not twice differentiable at these estimates.");
        return h;
    }

    /// <summary>Tᵀ·H·T.</summary>
    private static double[,] Bend(double[,] h, double[,] t)
    {
        int n = t.GetLength(1), all = t.GetLength(0);
        var half = new double[all, n];
        for (var i = 0; i < all; i++)
            for (var b = 0; b < n; b++)
                for (var k = 0; k < all; k++)
                    half[i, b] += h[i, k] * t[k, b];
        var bent = new double[n, n];
        for (var a = 0; a < n; a++)
            for (var b = 0; b < n; b++)
                for (var k = 0; k < all; k++)
                    bent[a, b] += t[k, a] * half[k, b];
        return bent;
    }
}
