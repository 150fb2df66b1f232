namespace Plumbline.Numerics;

/// <summary>Accelerated ageing (加速老化): rates of change at raised temperatures carried to the storage temperature by Arrhenius' law, ln k = ln A − E/(RT).</summary>
/// <remarks>Valid while one process governs the change at all temperatures: a phase transition between them makes the result worthless, and the fit's χ² is the only warning.</remarks>
public static class Arrhenius
{
    private const double AbsoluteZero = -273.15;
    private const double GasConstant = 8.31446261815324; // J/(mol K), exact in the SI of 2019

    /// <summary>Fits the law to rates with their uncertainties by weighted least squares in ln k.</summary>
    /// <param name="temperatures">Temperatures in °C above absolute zero, at least two of them different.</param>
    /// <param name="rates">Rates of change at these temperatures, all greater than zero: per unit of time for a first-order loss, in units of the value per unit of time for a constant one.</param>
    /// <param name="standardUncertainties">Standard uncertainties of the rates, same unit, greater than zero; u(ln k) = u(k)/k, so keep them well below the rates.</param>
    /// <returns>The fitted law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or all temperatures are equal.</exception>
    public static ArrheniusFit Fit(double[] temperatures, double[] rates, double[] standardUncertainties)
    {
        Require.Finite(temperatures, 2);
        foreach (var t in temperatures)
            CheckTemperature(t, nameof(temperatures));
        Require.Positive(rates, temperatures.Length);
        Require.Positive(standardUncertainties, temperatures.Length);
        if (temperatures.Distinct().Count() < 2)
            throw new ArgumentException("At least two different temperatures are needed.", nameof(temperatures));
        var inverse = Array.ConvertAll(temperatures, t => 1000 / (t - AbsoluteZero));
        var centre = inverse.Average();
        var design = new double[inverse.Length, 2];
        for (var i = 0; i < inverse.Length; i++)
            (design[i, 0], design[i, 1]) = (1, inverse[i] - centre);
        double[] logs = Array.ConvertAll(rates, Math.Log), variances = [.. rates.Zip(standardUncertainties, (k, u) => u / k * (u / k))];
        return new(LeastSquares.Generalised(design, logs, Matrix.Diagonal(variances)), centre);
    }

    internal static double Inverse(double temperature) => 1000 / (temperature - AbsoluteZero);

    internal static double Energy(double slope) => -slope * GasConstant; // slope per 1000/K gives kJ/mol

    internal static void CheckTemperature(double temperature, string name)
    {
        Require.Finite(temperature, name);
        if (temperature <= AbsoluteZero)
            throw new ArgumentOutOfRangeException(name, temperature, "Must lie above −273.15 °C.");
    }
}

/// <summary>Arrhenius' law as fitted.</summary>
public sealed class ArrheniusFit
{
    private readonly LeastSquaresResult fit;
    private readonly double centre;

    internal ArrheniusFit(LeastSquaresResult fit, double centre)
    {
        (this.fit, this.centre) = (fit, centre);
        ActivationEnergy = Arrhenius.Energy(fit.Parameters[1]);
        ActivationEnergyStandardUncertainty = Math.Abs(Arrhenius.Energy(fit.StandardUncertainty(1)));
        PValue = fit.DegreesOfFreedom > 0 ? ChiSquare.UpperTail(fit.ChiSquared, fit.DegreesOfFreedom) : null;
    }

    /// <summary>E in kJ/mol.</summary>
    public double ActivationEnergy { get; }

    /// <summary>u(E) in kJ/mol.</summary>
    public double ActivationEnergyStandardUncertainty { get; }

    /// <summary>χ² of the rates about the law.</summary>
    public double ChiSquared => fit.ChiSquared;

    /// <summary>Temperatures less two.</summary>
    public int DegreesOfFreedom => fit.DegreesOfFreedom;

    /// <summary>Pr{χ² ≥ observed}: below 0.05 the law does not hold over these temperatures; null for two temperatures.</summary>
    public double? PValue { get; }

    /// <summary>The rate at another temperature.</summary>
    /// <param name="temperature">In °C, above absolute zero.</param>
    /// <returns>The rate in the unit of the rates, and the standard uncertainty of its logarithm (multiply or divide the rate by exp(k u)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not finite or not above absolute zero.</exception>
    public (double Rate, double LogStandardUncertainty) RateAt(double temperature)
    {
        Arrhenius.CheckTemperature(temperature, nameof(temperature));
        var x = Arrhenius.Inverse(temperature) - centre;
        var variance = fit.Covariance[0, 0] + 2 * x * fit.Covariance[0, 1] + x * x * fit.Covariance[1, 1];
        return (Math.Exp(fit.Parameters[0] + x * fit.Parameters[1]), Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>How long the value stays within a permitted relative loss of a first-order process.</summary>
    /// <param name="temperature">Storage temperature in °C, above absolute zero.</param>
    /// <param name="permittedLoss">Share of the value that may be lost, strictly between 0 and 1.</param>
    /// <param name="confidence">One-sided confidence of the time, strictly between 0 and 1; 0.5 gives the best estimate.</param>
    /// <returns>−ln(1 − loss)/k with k at its upper confidence limit, in the unit of time of the rates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public double ShelfLife(double temperature, double permittedLoss, double confidence = 0.95)
    {
        Require.Probability(permittedLoss);
        Require.Probability(confidence);
        var (rate, u) = RateAt(temperature);
        return -GammaFunctions.Log1P(-permittedLoss) / (rate * Math.Exp(-Normal.Quantile(1 - confidence) * u));
    }
}
