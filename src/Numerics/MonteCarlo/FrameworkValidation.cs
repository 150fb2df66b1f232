namespace Plumbline.Numerics;

/// <summary>Whether the first-order law of propagation holds for this evaluation: its coverage interval against that of Monte Carlo (GUM 不确定度框架的验证; JCGM 101:2008, 8).</summary>
/// <param name="Name">The result.</param>
/// <param name="Value">The model at the estimates.</param>
/// <param name="StandardUncertainty">By the law of propagation. A t input enters with its scale, as the GUM framework has it.</param>
/// <param name="DegreesOfFreedom">Effective; infinite where the Welch–Satterthwaite formula does not apply or every input is known without doubt.</param>
/// <param name="Interval">Value ± k·u, k from the t distribution.</param>
/// <param name="Reference">The Monte Carlo interval it is held against.</param>
/// <param name="Tolerance">δ: half a unit of the last significant digit of u.</param>
/// <param name="SignificantDigits">How many digits of u are to be right.</param>
public sealed record FrameworkValidation(string Name, double Value, double StandardUncertainty, double DegreesOfFreedom, Interval Interval, Interval Reference, double Tolerance, int SignificantDigits)
{
    /// <summary>|y − U − y<sub>low</sub>|.</summary>
    public double LowDifference => Math.Abs(Interval.Low - Reference.Low);

    /// <summary>|y + U − y<sub>high</sub>|.</summary>
    public double HighDifference => Math.Abs(Interval.High - Reference.High);

    /// <summary>What the ends of the reference may be off by, because the trials are finite: twice the larger standard error, in the unit of the result; 0 for a reference without error.</summary>
    public double ReferenceError { get; init; }

    /// <summary>Both differences within δ.</summary>
    public bool IsValid => LowDifference <= Tolerance && HighDifference <= Tolerance;

    /// <summary>Whether more trials would not change the verdict: the differences are away from δ by more than the reference may be off.</summary>
    public bool IsDecided => Math.Max(LowDifference, HighDifference) is var worst && (IsValid ? worst + ReferenceError <= Tolerance : worst - ReferenceError > Tolerance);

    /// <summary>Holds the law of propagation against a Monte Carlo result, one verdict for each result of the model.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">As for the Monte Carlo run.</param>
    /// <param name="result">The Monte Carlo run.</param>
    /// <param name="significantDigits">1 or 2 as a rule.</param>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one digit.</exception>
    /// <exception cref="ArithmeticException">The model has no finite derivative at the estimates.</exception>
    public static FrameworkValidation[] Of(MeasurementModel model, JointInputs inputs, MonteCarloResult result, int significantDigits = 1)
    {
        ArgumentNullException.ThrowIfNull(result);
        Require.AtLeast(significantDigits, 1);
        var numbers = model.Evaluate(UncertainInputs(inputs));
        return [.. numbers.Select((y, k) => Of(y, result.Outputs[k], result.Options.Coverage, significantDigits))];
    }

    /// <summary>Holds one first-order result against its Monte Carlo result.</summary>
    /// <param name="first">The result by the law of propagation. Where it has no effective degrees of freedom the factor is that of the normal distribution.</param>
    /// <param name="reference">The same result by Monte Carlo.</param>
    /// <param name="coverage">Of the reference's interval, strictly between 0 and 1.</param>
    /// <param name="significantDigits">1 or 2 as a rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static FrameworkValidation Of(UncertainNumber first, MonteCarloOutput reference, double coverage, int significantDigits = 1)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(reference);
        Require.Probability(coverage);
        Require.AtLeast(significantDigits, 1);
        var u = first.StandardUncertainty;
        var nu = u > 0 ? first.DegreesOfFreedom.Value ?? double.PositiveInfinity : double.PositiveInfinity;
        var half = Coverage.Factor(coverage, nu) * u;
        return new(reference.Name, first.Value, u, nu, new(first.Value - half, first.Value + half), reference.Symmetric, NumericalTolerance(u, significantDigits), significantDigits)
        {
            ReferenceError = 2 * Math.Max(reference.StandardErrors.Low, reference.StandardErrors.High),
        };
    }

    /// <summary>δ = ½·10<sup>l</sup> where u = c·10<sup>l</sup> with a whole number c of that many digits (JCGM 101, 7.9.2).</summary>
    /// <param name="standardUncertainty">Not negative.</param>
    /// <param name="significantDigits">At least 1.</param>
    /// <returns>In the unit of the uncertainty; zero for zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double NumericalTolerance(double standardUncertainty, int significantDigits)
    {
        Require.NotNegative(standardUncertainty);
        Require.AtLeast(significantDigits, 1);
        if (standardUncertainty == 0)
            return 0;
        var exponent = (int)Math.Floor(Math.Log10(standardUncertainty));
        // 0.0996 to two digits is 0.10: rounding may carry into another decade.
        if (Math.Round(standardUncertainty / Math.Pow(10, exponent - significantDigits + 1)) >= Math.Pow(10, significantDigits))
            exponent++;
        return 0.5 * Math.Pow(10, exponent - significantDigits + 1);
    }

    /// <summary>The inputs as the GUM framework sees them: estimate, standard uncertainty, degrees of freedom, covariance.</summary>
    internal static UncertainNumber[] UncertainInputs(JointInputs inputs)
    {
        var n = inputs.Names.Count;
        double[] values = new double[n], u = new double[n], nu = new double[n];
        for (var i = 0; i < n; i++)
        {
            var d = inputs.Distributions[i];
            (values[i], u[i], nu[i]) = d is StudentTDistribution t ? (t.Location, t.ScaleParameter, t.DegreesOfFreedom) : (d.Estimate, d.RequireStandardDeviation(inputs.Names[i]), double.PositiveInfinity);
        }
        if (inputs.Correlation is not { } r)
            return [.. Enumerable.Range(0, n).Select(i => UncertainNumber.Of(values[i], u[i], nu[i], inputs.Names[i]))];
        return CorrelatedInputs.Make(values, CorrelatedInputs.Scaled(r, u), nu, [.. inputs.Names], false);
    }
}
