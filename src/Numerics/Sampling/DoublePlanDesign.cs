namespace Plumbline.Numerics;

/// <summary>Double sampling plans (二次抽样方案) constructed from stated risks.</summary>
/// <remarks>
/// Constructed, not copied: tables 3 of ISO 2859-1:1999 / GB/T 2828.1 were revised against MIL-STD-105E and could not be verified, so they are not offered.
/// A plan that is to be as safe as one of their single plans is made by <see cref="LikeSingle"/>.
/// </remarks>
public static class DoublePlanDesign
{
    private const int Largest = 10_000_000;

    /// <summary>The double plan that keeps two risks with the fewest items inspected on average at good quality.</summary>
    /// <param name="producersPoint">Accepted with at least this probability, such as (0.01, 0.95).</param>
    /// <param name="consumersPoint">Accepted with at most this probability, such as (0.08, 0.10).</param>
    /// <param name="model">How the counts vary.</param>
    /// <param name="lotSize">N, for the hypergeometric model; both samples must fit into it.</param>
    /// <param name="sizeRatio">n<sub>2</sub>/n<sub>1</sub>, greater than zero; 1 as in the standards.</param>
    /// <returns>The plan, with Re<sub>1</sub> = Re<sub>2</sub> = Ac<sub>2</sub> + 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">The points do not describe a plan, no double plan keeps both risks, or the qualities lie so close that more than 100 nonconforming items would be allowed.</exception>
    /// <remarks>All acceptance numbers are tried: for each pair the smallest samples that stop bad quality; the search ends where the first sample alone exceeds the best average.</remarks>
    public static SamplingPlan TwoPoint(QualityPoint producersPoint, QualityPoint consumersPoint, CountModel model = CountModel.Binomial, int? lotSize = null, double sizeRatio = 1)
    {
        QualityPoint.Check(producersPoint, consumersPoint, model);
        Require.Positive(sizeRatio);
        if (model == CountModel.Hypergeometric && lotSize is null)
            throw new ArgumentException("The hypergeometric model needs the lot size.", nameof(lotSize));
        if (lotSize is { } size)
            Require.AtLeast(size, 2);
        return new Search(producersPoint, consumersPoint, model, model == CountModel.Hypergeometric ? lotSize : null, sizeRatio).Best();
    }

    /// <summary>The double plan that is at least as safe as a single plan at both ends: where that accepts with 95 % and where with 10 %.</summary>
    /// <param name="counterpart">A plan of one sample with Ac of at least 1.</param>
    /// <param name="model">Binomial, or Poisson for nonconformities.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The plan has several stages or Ac = 0, or no double plan is as safe.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The hypergeometric model, whose qualities come in steps.</exception>
    public static SamplingPlan LikeSingle(SamplingPlan counterpart, CountModel model = CountModel.Binomial)
    {
        ArgumentNullException.ThrowIfNull(counterpart);
        if (counterpart.SampleSizes.Count != 1)
            throw new ArgumentException("A plan of one sample is expected.", nameof(counterpart));
        if (counterpart.AcceptanceNumbers[0] == 0)
            throw new ArgumentException("A plan with Ac = 0 has no counterpart of two samples: a second one could only undo its decision.", nameof(counterpart));
        if (model == CountModel.Hypergeometric)
            throw new ArgumentOutOfRangeException(nameof(model), model, "Must be binomial or Poisson: a lot holds whole items, so a single plan has no quality of exactly 95 %.");
        QualityPoint At(double acceptance) => new(counterpart.QualityAccepted(acceptance, model), acceptance);
        return TwoPoint(At(0.95), At(0.10), model);
    }

    private sealed class Search(QualityPoint good, QualityPoint bad, CountModel model, int? lot, double ratio)
    {
        private const int MostAccepted = 100;
        private readonly int most = lot is { } items ? LargestFirst(items, ratio) : (int)(Largest / (1 + ratio));
        private SamplingPlan? best;
        private double average = double.PositiveInfinity;

        internal SamplingPlan Best()
        {
            var least = 1;
            for (var second = 1; second <= MostAccepted; second++)
            {
                var n = least = SmallestThatStops(0, second, least);
                if (n > most || n > average)
                    return best ?? throw new ArgumentException(lot is { } items ? $"No double plan for a lot of {items} keeps both risks." : $"No double plan of up to {Largest} items keeps both risks.", nameof(bad));
                for (var first = 0; first < second && n <= most && n <= average; first++)
                {
                    n = SmallestThatStops(first, second, n);
                    if (n <= most)
                        Consider(Plan(n, first, second));
                }
            }
            return best ?? throw new ArgumentException($"The qualities lie so close together that more than {MostAccepted} nonconforming items would have to be allowed in a double plan.", nameof(bad));
        }

        private static int LargestFirst(int items, double ratio)
        {
            var n = (int)(items / (1 + ratio)) + 1;
            while (n > 0 && n + Second(n, ratio) > items)
                n--;
            return n;
        }

        private static int Second(int first, double ratio) => Math.Max(1, (int)Math.Round(ratio * first, MidpointRounding.AwayFromZero));

        private SamplingPlan Plan(int n, int first, int second) => SamplingPlan.Staged([n, Second(n, ratio)], [first, second], [second + 1, second + 1]);

        private void Consider(SamplingPlan plan)
        {
            var at = plan.At(good.FractionNonconforming, model, lot);
            if (at.Acceptance >= good.Acceptance && at.AverageSampleNumber < average)
                (best, average) = (plan, at.AverageSampleNumber);
        }

        /// <summary>Both samples grow with n, so that bad quality is accepted ever less often.</summary>
        private int SmallestThatStops(int first, int second, int from)
        {
            bool Stops(int n) => Plan(n, first, second).At(bad.FractionNonconforming, model, lot).Acceptance <= bad.Acceptance;
            if (from > most || Stops(from))
                return from;
            int low = from, step = 1;
            while (low + step <= most && !Stops(low + step))
                (low, step) = (low + step, 2 * step);
            var high = Math.Min(low + step, most + 1);
            while (high - low > 1)
            {
                var middle = low + (high - low) / 2;
                if (middle <= most && Stops(middle))
                    high = middle;
                else
                    low = middle;
            }
            return high <= most && Stops(high) ? high : most + 1;
        }
    }
}
