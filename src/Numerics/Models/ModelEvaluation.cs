namespace Plumbline.Numerics;

public sealed partial class MeasurementModel
{
    /// <summary>The results at given estimates.</summary>
    /// <param name="estimates">One for each of <see cref="QuantityNames"/>, in their order.</param>
    /// <returns>One for each of <see cref="ResultNames"/>.</returns>
    /// <exception cref="ArgumentException">The count differs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An estimate is not finite.</exception>
    /// <exception cref="ArithmeticException">A result is not finite, or the equations have no solution near the start; the place is in the message.</exception>
    public double[] Evaluate(double[] estimates)
    {
        Require.Finite(estimates, 0);
        Require.SameLength(estimates, QuantityNames.Count);
        var values = new double[Program.Count];
        Program.Run(ImplicitSolver.Solve(this, estimates), values);
        return Results(values);
    }

    /// <summary>The derivatives of the results at given estimates.</summary>
    /// <param name="estimates">One for each of <see cref="QuantityNames"/>, in their order.</param>
    /// <returns>A row for each result, a column for each quantity.</returns>
    /// <exception cref="ArgumentException">The count differs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An estimate is not finite.</exception>
    /// <exception cref="ArithmeticException">A derivative is not finite, or the equations have no solution near the start.</exception>
    public double[,] Jacobian(double[] estimates)
    {
        Require.Finite(estimates, 0);
        Require.SameLength(estimates, QuantityNames.Count);
        return JacobianAt(ImplicitSolver.Solve(this, estimates));
    }

    /// <summary>The results as uncertain numbers.</summary>
    /// <param name="quantities">One for each of <see cref="QuantityNames"/>, in their order.</param>
    /// <returns>One for each of <see cref="ResultNames"/>, named so; they are correlated with one another and with everything else the quantities went into.</returns>
    /// <exception cref="ArgumentException">The count differs.</exception>
    /// <exception cref="ArithmeticException">A result or a derivative is not finite, or the equations have no solution near the start.</exception>
    public UncertainNumber[] Evaluate(params UncertainNumber[] quantities)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        if (quantities.Length != QuantityNames.Count)
            throw new ArgumentException($"{QuantityNames.Count} quantities are needed ({string.Join(", ", QuantityNames)}), {quantities.Length} given.", nameof(quantities));
        var inputs = ImplicitSolver.Solve(this, Array.ConvertAll(quantities, q => q.Value));
        var values = new double[Program.Count];
        Program.Run(inputs, values);
        var results = Results(values);
        var jacobian = JacobianAt(inputs);
        return [.. results.Select((r, k) => UncertainNumber.Of(r, quantities, Enumerable.Range(0, quantities.Length).Select(j => jacobian[k, j]).ToArray(), ResultNames[k], new ModelDerivation(this, inputs, k)))];
    }

    private double[] Results(double[] values)
    {
        var results = new double[ResultNames.Count];
        for (var k = 0; k < results.Length; k++)
        {
            results[k] = values[Program.Outputs[k]];
            if (!double.IsFinite(results[k]))
                throw new ArithmeticException(NotFinite(values));
        }
        return results;
    }

    /// <summary>Names the first step that has no finite value, in the words of the text.</summary>
    private string NotFinite(double[] values)
    {
        var step = Array.FindIndex(values, v => !double.IsFinite(v));
        var place = Program.PlaceOf(step);
        return $"'{Text.Substring(place.Start, place.Length)}' has no finite value at these estimates (position {place.Start + 1}).";
    }

    /// <summary>∂result/∂quantity; through implicit equations h(y, x) = 0 by −h_y⁻¹h_x (JCGM 102, 6.3).</summary>
    private double[,] JacobianAt(double[] inputs)
    {
        var whole = Program.Jacobian(inputs);
        int n = QuantityNames.Count, m = UnknownNames.Count, results = ResultNames.Count;
        foreach (var c in whole)
            if (!double.IsFinite(c))
                throw new ArithmeticException("The model has no finite derivative at these estimates.");
        if (m == 0)
            return whole;
        var byUnknown = new double[m, m];
        var byQuantity = new double[m, n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
                byUnknown[i, j] = whole[results + i, n + j];
            for (var j = 0; j < n; j++)
                byQuantity[i, j] = -whole[results + i, j];
        }
        var unknown = LinearSystem.Solve(byUnknown, byQuantity) ?? throw new ArithmeticException("The implicit equations do not determine the unknowns: their derivatives are dependent at the solution.");
        var jacobian = new double[results, n];
        for (var k = 0; k < results; k++)
            for (var j = 0; j < n; j++)
            {
                jacobian[k, j] = whole[k, j];
                for (var i = 0; i < m; i++)
                    jacobian[k, j] += whole[k, n + i] * unknown[i, j];
            }
        return jacobian;
    }
}
