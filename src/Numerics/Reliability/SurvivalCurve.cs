namespace Plumbline.Numerics;

/// <summary>Survival without a distribution, from failures and right-censored units: Kaplan–Meier (乘积限估计) and Nelson–Aalen (累积风险估计).</summary>
public static class SurvivalCurve
{
    /// <summary>Both estimates at every time at which a unit failed or was taken off.</summary>
    /// <param name="failures">Failure times, greater than zero, at least one.</param>
    /// <param name="rightCensored">Times at which units were taken off unfailed; at a failure's own time they count as still at risk.</param>
    /// <param name="coverageProbability">Of the intervals.</param>
    /// <returns>Steps in order of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive, or the coverage is out of range.</exception>
    /// <exception cref="ArgumentException">No failure.</exception>
    /// <remarks>Standard errors are Greenwood's. The plain interval is S ± z s cut to [0, 1]; the other one is symmetric in ln(−ln S) and stays inside by itself.</remarks>
    public static SurvivalStep[] Of(double[] failures, double[]? rightCensored = null, double coverageProbability = 0.95)
    {
        Require.Finite(failures);
        Require.Positive(failures, failures.Length);
        double[] censored = rightCensored ?? [];
        Require.Positive(censored, censored.Length, nameof(rightCensored));
        Require.Probability(coverageProbability);
        var z = Normal.UpperQuantile((1 - coverageProbability) / 2);
        double survival = 1, hazard = 0, greenwood = 0, aalen = 0;
        var risk = failures.Length + censored.Length;
        List<SurvivalStep> steps = [];
        foreach (var group in failures.Select(t => (Time: t, Failed: true)).Concat(censored.Select(t => (Time: t, Failed: false))).GroupBy(u => u.Time).OrderBy(g => g.Key))
        {
            int failed = group.Count(u => u.Failed), all = group.Count();
            survival *= (double)(risk - failed) / risk;
            hazard += (double)failed / risk;
            aalen += failed / ((double)risk * risk);
            greenwood += risk > failed ? failed / ((double)risk * (risk - failed)) : 0;
            steps.Add(Step(group.Key, risk, failed, all - failed, survival, Math.Sqrt(greenwood), hazard, Math.Sqrt(aalen), z));
            risk -= all;
        }
        return [.. steps];
    }

    private static SurvivalStep Step(double time, int risk, int failed, int censored, double survival, double relative, double hazard, double hazardError, double z)
    {
        var error = survival * relative;
        var plain = survival > 0 ? new Interval(Math.Max(0, survival - z * error), Math.Min(1, survival + z * error)) : new(0, 0);
        var log = survival is > 0 and < 1 ? z * relative / Math.Log(survival) : 0;
        var loglog = survival is > 0 and < 1 ? new Interval(Math.Pow(survival, Math.Exp(-log)), Math.Pow(survival, Math.Exp(log))) : new(survival, survival);
        return new(time, risk, failed, censored, survival, error, plain, loglog, hazard, hazardError);
    }
}

/// <summary>Survival after one time.</summary>
/// <param name="Time">Unit of the data.</param>
/// <param name="AtRisk">Units at risk just before.</param>
/// <param name="Failed">Units that failed at this time.</param>
/// <param name="Censored">Units taken off at this time.</param>
/// <param name="Survival">Kaplan and Meier's S(t).</param>
/// <param name="StandardError">Greenwood's standard error of S.</param>
/// <param name="PlainInterval">S ± z s, cut to [0, 1].</param>
/// <param name="LogLogInterval">Symmetric in ln(−ln S).</param>
/// <param name="CumulativeHazard">Nelson and Aalen's H(t) = Σ d/n.</param>
/// <param name="CumulativeHazardStandardError">√Σ d/n².</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Failed, int Censored, double Survival, double StandardError, Interval PlainInterval, Interval LogLogInterval,
    double CumulativeHazard, double CumulativeHazardStandardError);
