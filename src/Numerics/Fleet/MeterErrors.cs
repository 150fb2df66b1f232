namespace Plumbline.Numerics;

/// <summary>Errors of meters in service (失准更换) seen through their district's reference meter: what a meter's likelihood and the history of its kind say about its error.</summary>
public static class MeterErrors
{
    /// <summary>The probability that a meter's error exceeds the maximum permitted error, from a mixture of sound and faulty meters.</summary>
    /// <param name="likelihoodMean">Estimate of θ from the readings alone, with its own prior removed; relative registration deficit, e = 1/(1+θ) − 1.</param>
    /// <param name="likelihoodVariance">Its variance, greater than zero.</param>
    /// <param name="priorMean">μ of θ: minus the error at initial verification.</param>
    /// <param name="soundDeviation">τ₀, standard deviation of θ among sound meters, greater than zero.</param>
    /// <param name="faultyDeviation">σ<sub>F</sub>, standard deviation of θ among faulty meters, greater than zero.</param>
    /// <param name="faultyProbability">π, the share of faulty meters, strictly between 0 and 1.</param>
    /// <param name="maximumPermittedError">MPE as a fraction, strictly between 0 and 1 in use; greater than zero.</param>
    /// <param name="referenceUncertainty">Standard uncertainty of the reference meter, common to the district; not negative.</param>
    /// <returns>The probability of each component, their means and variances, and the exceedance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>Exceedance means e beyond ±MPE: θ below 1/(1+MPE) − 1 or above 1/(1−MPE) − 1; with an MPE of 1 or more there is no upper bound.</remarks>
    public static MeterPosterior Exceedance(double likelihoodMean, double likelihoodVariance, double priorMean, double soundDeviation, double faultyDeviation,
        double faultyProbability, double maximumPermittedError, double referenceUncertainty = 0)
    {
        Require.Finite(likelihoodMean);
        Require.Positive(likelihoodVariance);
        Require.Finite(priorMean);
        Require.Positive(soundDeviation);
        Require.Positive(faultyDeviation);
        Require.Probability(faultyProbability);
        Require.Positive(maximumPermittedError);
        Require.NotNegative(referenceUncertainty);
        double LogDensity(double deviation)
        {
            var variance = likelihoodVariance + deviation * deviation;
            return -0.5 * (Math.Log(variance) + (likelihoodMean - priorMean) * (likelihoodMean - priorMean) / variance);
        }
        var odds = LogDensity(soundDeviation) - LogDensity(faultyDeviation) + GammaFunctions.Log1P(-faultyProbability) - Math.Log(faultyProbability);
        var faulty = 1 / (1 + Math.Exp(odds));
        var (soundMean, soundVariance) = Combine(soundDeviation);
        var (faultyMean, faultyVariance) = Combine(faultyDeviation);
        double low = 1 / (1 + maximumPermittedError) - 1, high = maximumPermittedError < 1 ? 1 / (1 - maximumPermittedError) - 1 : double.PositiveInfinity;
        double Beyond(double mean, double variance)
        {
            var u = Math.Sqrt(variance + referenceUncertainty * referenceUncertainty);
            return Normal.UpperTailOf((mean - low) / u) + (double.IsPositiveInfinity(high) ? 0 : Normal.UpperTailOf((high - mean) / u));
        }
        return new(faulty, soundMean, soundVariance, faultyMean, faultyVariance, (1 - faulty) * Beyond(soundMean, soundVariance) + faulty * Beyond(faultyMean, faultyVariance));

        (double Mean, double Variance) Combine(double deviation)
        {
            var precision = 1 / likelihoodVariance + 1 / (deviation * deviation);
            return ((likelihoodMean / likelihoodVariance + priorMean / (deviation * deviation)) / precision, 1 / precision);
        }
    }

    /// <summary>Flags the most suspect meters so that the expected share of sound ones among them stays below a limit (Bayesian false discovery rate).</summary>
    /// <param name="probabilities">Probability of exceedance of each meter, from 0 to 1.</param>
    /// <param name="falseDiscoveryRate">q, from 0 to 1.</param>
    /// <returns>Which are flagged, the expected false share among them, and the mean probability left in service.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a probability.</exception>
    public static FlaggedMeters Flag(double[] probabilities, double falseDiscoveryRate)
    {
        Require.Finite(probabilities);
        foreach (var p in probabilities)
            AcceptanceProbability.Fraction(p, nameof(probabilities));
        AcceptanceProbability.Fraction(falseDiscoveryRate);
        int[] order = [.. Enumerable.Range(0, probabilities.Length).OrderByDescending(i => probabilities[i]).ThenBy(i => i)];
        var flagged = 0;
        double sum = 0, expected = 0;
        // The mean of 1 − P rises down the list, so the first that goes too far ends the search.
        for (var i = 0; i < order.Length; i++)
        {
            sum += 1 - probabilities[order[i]];
            if (sum / (i + 1) > falseDiscoveryRate)
                break;
            (flagged, expected) = (i + 1, sum / (i + 1));
        }
        int[] chosen = [.. order.Take(flagged).Order()];
        double[] left = [.. order.Skip(flagged).Select(i => probabilities[i])];
        return new(chosen, expected, left.Length > 0 ? left.Average() : 0);
    }

    /// <summary>Meter errors of a district by weighted least squares with a normal prior for each meter and flat nuisance columns.</summary>
    /// <param name="design">H: a row for each interval, a column for each coefficient, meters first.</param>
    /// <param name="observations">z for each interval, in the unit of the residual deviation.</param>
    /// <param name="weights">w of each interval, not negative.</param>
    /// <param name="residualVariance">σ² of an interval of weight one, greater than zero.</param>
    /// <param name="priorMeans">Prior mean of each column.</param>
    /// <param name="priorPrecisions">1/variance of the prior of each column, not negative; zero is flat.</param>
    /// <returns>Coefficients in the order of the columns, with their covariance matrix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, or data and priors leave a coefficient open.</exception>
    public static (double[] Coefficients, double[,] Covariance) Posterior(double[,] design, double[] observations, double[] weights, double residualVariance, double[] priorMeans, double[] priorPrecisions)
    {
        Require.Finite(observations);
        ArgumentNullException.ThrowIfNull(design);
        int n = observations.Length, p = design.GetLength(1);
        if (design.GetLength(0) != n || p == 0)
            throw new ArgumentException($"Must have {n} rows and at least one column.", nameof(design));
        foreach (var value in design)
            Require.Finite(value, nameof(design));
        Require.NotNegative(weights, n);
        Require.Positive(residualVariance);
        Require.Finite(priorMeans, p);
        Require.SameLength(priorMeans, p);
        Require.NotNegative(priorPrecisions, p);
        var matrix = new double[p, p];
        var right = new double[p];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                for (var i = 0; i < n; i++)
                    matrix[j, k] += weights[i] / residualVariance * design[i, j] * design[i, k];
                matrix[k, j] = matrix[j, k];
            }
            for (var i = 0; i < n; i++)
                right[j] += weights[i] / residualVariance * design[i, j] * observations[i];
            matrix[j, j] += priorPrecisions[j];
            right[j] += priorPrecisions[j] * priorMeans[j];
        }
        var factor = Matrix.Cholesky(matrix, nameof(design));
        Matrix.ForwardSolve(factor, right);
        Matrix.BackwardSolve(factor, right);
        return (right, Matrix.InverseOfCholesky(factor));
    }
}

/// <summary>What is known of one meter.</summary>
/// <param name="FaultyProbability">g: that it belongs to the faulty ones.</param>
/// <param name="SoundMean">Mean of θ if it is sound.</param>
/// <param name="SoundVariance">Variance of θ if it is sound.</param>
/// <param name="FaultyMean">Mean of θ if it is faulty.</param>
/// <param name="FaultyVariance">Variance of θ if it is faulty.</param>
/// <param name="Exceedance">Probability that |e| exceeds the maximum permitted error.</param>
public sealed record MeterPosterior(double FaultyProbability, double SoundMean, double SoundVariance, double FaultyMean, double FaultyVariance, double Exceedance);

/// <summary>The meters flagged.</summary>
/// <param name="Indices">Their places, counted from zero, rising.</param>
/// <param name="ExpectedFalseShare">Mean of 1 − P over them; zero where none is.</param>
/// <param name="LeftInService">Mean of P over the others: the consumer risk that stays.</param>
public sealed record FlaggedMeters(int[] Indices, double ExpectedFalseShare, double LeftInService);
