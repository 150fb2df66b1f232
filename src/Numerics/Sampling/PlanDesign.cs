namespace Plumbline.Numerics;

/// <summary>A point of an operating characteristic: a quality and the probability with which it is accepted.</summary>
/// <param name="FractionNonconforming">p, strictly between 0 and 1; for Poisson counts nonconformities for each item, greater than 0.</param>
/// <param name="Acceptance">P<sub>a</sub>, strictly between 0 and 1.</param>
public readonly record struct QualityPoint(double FractionNonconforming, double Acceptance)
{
    internal static void Check(QualityPoint producersPoint, QualityPoint consumersPoint, CountModel model = CountModel.Binomial)
    {
        foreach (var (point, name) in ((QualityPoint, string)[])[(producersPoint, nameof(producersPoint)), (consumersPoint, nameof(consumersPoint))])
        {
            if (!(point.FractionNonconforming > 0 && (point.FractionNonconforming < 1 || (model == CountModel.Poisson && double.IsFinite(point.FractionNonconforming)))))
                throw new ArgumentOutOfRangeException(name, point.FractionNonconforming, "The quality must lie strictly between 0 and 1.");
            if (!(point.Acceptance > 0 && point.Acceptance < 1))
                throw new ArgumentOutOfRangeException(name, point.Acceptance, "The probability of acceptance must lie strictly between 0 and 1.");
        }
        if (consumersPoint.FractionNonconforming <= producersPoint.FractionNonconforming)
            throw new ArgumentException("The consumer's quality must be worse than the producer's.", nameof(consumersPoint));
        if (consumersPoint.Acceptance >= producersPoint.Acceptance)
            throw new ArgumentException("The consumer's quality must be accepted less often than the producer's.", nameof(consumersPoint));
    }
}

/// <summary>Sampling plans by attributes constructed from stated risks.</summary>
public static class PlanDesign
{
    private const int Largest = 10_000_000;

    /// <summary>The smallest single plan that accepts good quality and stops bad quality with the probabilities given (两点设计).</summary>
    /// <param name="producersPoint">Accepted with at least this probability, such as (0.01, 0.95).</param>
    /// <param name="consumersPoint">Accepted with at most this probability, such as (0.08, 0.10).</param>
    /// <param name="model">How the counts vary.</param>
    /// <param name="lotSize">N, for the hypergeometric model.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The points do not describe a plan, or no plan short of the whole lot keeps both risks.</exception>
    public static SamplingPlan TwoPoint(QualityPoint producersPoint, QualityPoint consumersPoint, CountModel model = CountModel.Binomial, int? lotSize = null)
    {
        QualityPoint.Check(producersPoint, consumersPoint, model);
        if (model == CountModel.Hypergeometric && lotSize is null)
            throw new ArgumentException("The hypergeometric model needs the lot size.", nameof(lotSize));
        if (lotSize is { } size)
            Require.AtLeast(size, 2, nameof(lotSize));
        var most = model == CountModel.Hypergeometric ? lotSize!.Value : Largest;
        var n = 1;
        for (var ac = 0; ac < most; ac++)
        {
            // The sample that stops bad quality grows with Ac: the first that passes good quality is the smallest of all.
            n = SmallestThatStops(ac, Math.Max(n, ac + 1), most);
            if (n > most)
                break;
            if (At(n, ac, producersPoint.FractionNonconforming) >= producersPoint.Acceptance)
                return SamplingPlan.OneSample(n, ac);
        }
        throw new ArgumentException(model == CountModel.Hypergeometric
            ? $"No sample from a lot of {most} keeps both risks: every item must be inspected." : $"No plan of up to {Largest} items keeps both risks.", nameof(consumersPoint));

        double At(int items, int ac, double p) => SamplingPlan.OneSample(items, ac).At(p, model, model == CountModel.Hypergeometric ? lotSize : null).Acceptance;

        int SmallestThatStops(int ac, int from, int to)
        {
            bool Stops(int items) => At(items, ac, consumersPoint.FractionNonconforming) <= consumersPoint.Acceptance;
            if (from > to || Stops(from))
                return from;
            int low = from, high = from;
            while (!Stops(high))
            {
                if (high == to)
                    return to + 1;
                (low, high) = (high, (int)Math.Min(to, high * 2L));
            }
            while (high - low > 1)
            {
                var middle = low + (high - low) / 2;
                if (Stops(middle))
                    high = middle;
                else
                    low = middle;
            }
            return high;
        }
    }

    /// <summary>A plan that verifies a declared quality level (核查声称质量水平), constructed from the risks of GB/T 2828.4 / ISO 2859-4.</summary>
    /// <param name="declaredQuality">DQL as a fraction, strictly between 0 and 1.</param>
    /// <param name="discrimination">Level 0, I, II or III as 0 to 3: the more is allowed in the sample (L = 0, 1, 3, 6), the sharper the plan.</param>
    /// <param name="contradictionProbability">Risk of contradicting a true declaration, strictly between 0 and 1; 0.05 in the standard.</param>
    /// <param name="escapeProbability">Risk that a quality LQR times worse escapes, strictly between 0 and 1; 0.10 in the standard.</param>
    /// <param name="preferredSizes">Only the sizes of the preferred series 2, 3, 5, 8, 13, …; otherwise any.</param>
    /// <returns>The largest sample that keeps the first risk, with its limiting quality ratio; null where even the smallest sample does not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>Constructed, not copied: the printed master table of the standard must be compared before legal use.</remarks>
    public static DeclaredQualityPlan? DeclaredQuality(double declaredQuality, int discrimination, double contradictionProbability = 0.05, double escapeProbability = 0.1, bool preferredSizes = true)
    {
        AcceptanceProbability.Fraction(declaredQuality);
        if (declaredQuality is 0 or 1)
            throw new ArgumentOutOfRangeException(nameof(declaredQuality), declaredQuality, "Must lie strictly between 0 and 1.");
        if (discrimination is < 0 or > 3)
            throw new ArgumentOutOfRangeException(nameof(discrimination), discrimination, "Must be 0, 1, 2 or 3 for the levels 0, I, II and III.");
        Require.Probability(contradictionProbability);
        Require.Probability(escapeProbability);
        var limit = ((int[])[0, 1, 3, 6])[discrimination];
        bool Keeps(int n) => AcceptanceProbability.Binomial(n, limit, declaredQuality) >= 1 - contradictionProbability;
        var size = preferredSizes ? AllPreferred.Where(n => n > limit && Keeps(n)).Select(n => (int?)n).Max() : LargestThat(Keeps, limit + 1);
        if (size is not { } sample)
            return null;
        var escapes = RootFinder.Brent(p => AcceptanceProbability.Binomial(sample, limit, p) - escapeProbability, declaredQuality * 1e-3, 1);
        return new(declaredQuality, sample, limit, 1 - AcceptanceProbability.Binomial(sample, limit, declaredQuality), escapes / declaredQuality);
    }

    /// <summary>The preferred sample sizes, the code letters' own.</summary>
    private static int[] AllPreferred { get; } = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150];

    private static int? LargestThat(Func<int, bool> keeps, int from)
    {
        if (!keeps(from))
            return null;
        int low = from, high = from;
        while (high < Largest && keeps(high))
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (keeps(middle))
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}

/// <summary>A plan that verifies a declared quality level: with d ≤ L the declaration is not contradicted.</summary>
/// <param name="DeclaredQuality">DQL as a fraction.</param>
/// <param name="SampleSize">n.</param>
/// <param name="Limit">L.</param>
/// <param name="Contradiction">The risk of contradicting a true declaration that the plan really has.</param>
/// <param name="LimitingQualityRatio">LQR: how many times worse than declared a quality is that escapes with the stated risk.</param>
public sealed record DeclaredQualityPlan(double DeclaredQuality, int SampleSize, int Limit, double Contradiction, double LimitingQualityRatio);
