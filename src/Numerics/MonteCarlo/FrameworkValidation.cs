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

    /// <summary>Both differences within δ.</summary>
    public bool IsValid => LowDifference <= Tolerance && HighDifference <= Tolerance;

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
        return [.. numbers.Select((y, k) =>
        {
            var nu = y.StandardUncertainty > 0 ? y.DegreesOfFreedom.Value ?? double.PositiveInfinity : double.PositiveInfinity;
            var half = Coverage.Factor(result.Options.Coverage, nu) * y.StandardUncertainty;
            return new FrameworkValidation(result.Outputs[k].Name, y.Value, y.StandardUncertainty, nu, new(y.Value - half, y.Value + half), result.Outputs[k].Symmetric,
                NumericalTolerance(y.StandardUncertainty, significantDigits), significantDigits);
        })];
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
