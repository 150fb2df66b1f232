namespace Plumbline.Numerics;

/// <summary>A sampling plan by attributes (计数抽样方案) of one stage or more: numbers are cumulative over the stages.</summary>
/// <remarks>A lot is accepted at stage i when the nonconforming found so far do not exceed Ac<sub>i</sub>, not accepted when they reach Re<sub>i</sub>, and inspected further in between.</remarks>
public sealed record SamplingPlan
{
    private SamplingPlan(int[] sizes, int[] acceptance, int[] rejection) => (SampleSizes, AcceptanceNumbers, RejectionNumbers) = (sizes, acceptance, rejection);

    /// <summary>n of each stage.</summary>
    public IReadOnlyList<int> SampleSizes { get; }

    /// <summary>Ac of each stage; −1 where no acceptance is possible yet.</summary>
    public IReadOnlyList<int> AcceptanceNumbers { get; }

    /// <summary>Re of each stage; at the last Re = Ac + 1.</summary>
    public IReadOnlyList<int> RejectionNumbers { get; }

    /// <summary>A plan of one sample.</summary>
    /// <param name="sampleSize">n, at least 1.</param>
    /// <param name="acceptanceNumber">Ac, from 0 to n − 1 for items; larger for nonconformities.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static SamplingPlan OneSample(int sampleSize, int acceptanceNumber)
    {
        Require.AtLeast(sampleSize, 1);
        Require.AtLeast(acceptanceNumber, 0);
        return new([sampleSize], [acceptanceNumber], [acceptanceNumber + 1]);
    }

    /// <summary>A plan of two samples or more.</summary>
    /// <param name="sampleSizes">n of each stage, at least 1.</param>
    /// <param name="acceptanceNumbers">Cumulative Ac, not falling.</param>
    /// <param name="rejectionNumbers">Cumulative Re, above Ac at every stage and Ac + 1 at the last.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The numbers do not make a plan that always ends in a decision.</exception>
    public static SamplingPlan Staged(int[] sampleSizes, int[] acceptanceNumbers, int[] rejectionNumbers)
    {
        ArgumentNullException.ThrowIfNull(sampleSizes);
        ArgumentNullException.ThrowIfNull(acceptanceNumbers);
        ArgumentNullException.ThrowIfNull(rejectionNumbers);
        var stages = sampleSizes.Length;
        if (stages == 0)
            throw new ArgumentException("At least one stage is needed.", nameof(sampleSizes));
        if (acceptanceNumbers.Length != stages || rejectionNumbers.Length != stages)
            throw new ArgumentException($"{stages} stages need {stages} acceptance and {stages} rejection numbers.", acceptanceNumbers.Length != stages ? nameof(acceptanceNumbers) : nameof(rejectionNumbers));
        for (var i = 0; i < stages; i++)
        {
            if (sampleSizes[i] < 1)
                throw new ArgumentOutOfRangeException(nameof(sampleSizes), sampleSizes[i], $"Stage {i + 1}: must be at least 1.");
            if (acceptanceNumbers[i] < -1 || (i > 0 && acceptanceNumbers[i] < acceptanceNumbers[i - 1]))
                throw new ArgumentOutOfRangeException(nameof(acceptanceNumbers), acceptanceNumbers[i], $"Stage {i + 1}: must be at least −1 and not below the stage before.");
            if (rejectionNumbers[i] <= acceptanceNumbers[i])
                throw new ArgumentOutOfRangeException(nameof(rejectionNumbers), rejectionNumbers[i], $"Stage {i + 1}: must exceed the acceptance number {acceptanceNumbers[i]}.");
        }
        if (rejectionNumbers[^1] != acceptanceNumbers[^1] + 1)
            throw new ArgumentOutOfRangeException(nameof(rejectionNumbers), rejectionNumbers[^1], $"The last must be {acceptanceNumbers[^1] + 1}, so that the plan ends in a decision.");
        return new([.. sampleSizes], [.. acceptanceNumbers], [.. rejectionNumbers]);
    }

    /// <summary>What the plan does to a lot or process of the given quality.</summary>
    /// <param name="fractionNonconforming">p from 0 to 1; for <see cref="CountModel.Poisson"/> nonconformities for each item, not negative.</param>
    /// <param name="model">How the counts vary.</param>
    /// <param name="lotSize">N, needed for the hypergeometric model and for the outgoing quality; null for a continuing process.</param>
    /// <returns>Probability of acceptance and what follows from it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">The hypergeometric model without a lot size, or a lot smaller than the samples.</exception>
    public PlanPerformance At(double fractionNonconforming, CountModel model = CountModel.Binomial, int? lotSize = null)
    {
        if (model == CountModel.Poisson)
            Require.NotNegative(fractionNonconforming);
        else
            AcceptanceProbability.Fraction(fractionNonconforming);
        if (lotSize is { } size && size < SampleSizes.Sum())
            throw new ArgumentOutOfRangeException(nameof(lotSize), lotSize, $"Must not be smaller than the {SampleSizes.Sum()} items that the plan may take.");
        if (model == CountModel.Hypergeometric && lotSize is null)
            throw new ArgumentException("The hypergeometric model needs the lot size.", nameof(lotSize));
        return SampleSizes.Count == 1 ? OneStage(fractionNonconforming, model, lotSize) : Stages(fractionNonconforming, model, lotSize);
    }

    /// <summary>The quality that is accepted with a given probability.</summary>
    /// <param name="acceptance">P<sub>a</sub>, strictly between 0 and 1.</param>
    /// <param name="model">Binomial, or Poisson for nonconformities for each item.</param>
    /// <returns>p, or the mean number of nonconformities for each item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range, or the model hypergeometric: a lot holds whole items, so not every probability occurs.</exception>
    public double QualityAccepted(double acceptance, CountModel model = CountModel.Binomial)
    {
        Require.Probability(acceptance);
        if (model == CountModel.Hypergeometric)
            throw new ArgumentOutOfRangeException(nameof(model), model, "Must be binomial or Poisson.");
        double low = 0, high = 1;
        while (model == CountModel.Poisson && At(high, model).Acceptance > acceptance)
            high *= 2;
        // Bisection down to the last digit: acceptance falls with p, and a plan may begin with Ac = −1.
        while (0.5 * (low + high) is var middle && middle > low && middle < high)
            if (At(middle, model).Acceptance > acceptance)
                low = middle;
            else
                high = middle;
        return high;
    }

    private PlanPerformance OneStage(double p, CountModel model, int? lot)
    {
        int n = SampleSizes[0], ac = AcceptanceNumbers[0];
        var accepted = model switch
        {
            CountModel.Poisson => AcceptanceProbability.Poisson(n, ac, p),
            CountModel.Binomial => AcceptanceProbability.Binomial(n, ac, p),
            _ => AcceptanceProbability.Hypergeometric(lot!.Value, n, ac, InLot(p, lot.Value)),
        };
        return Performance(p, accepted, n, accepted * n, lot);
    }

    /// <summary>The mass that has come so far without a decision, by the number found, is carried from stage to stage.</summary>
    private PlanPerformance Stages(double p, CountModel model, int? lot)
    {
        var open = new Dictionary<int, double> { [0] = 1 };
        double accepted = 0, inspected = 0, inspectedWhenAccepted = 0;
        var taken = 0;
        for (var i = 0; i < SampleSizes.Count; i++)
        {
            var n = SampleSizes[i];
            inspected += n * open.Values.Sum();
            var next = new Dictionary<int, double>();
            foreach (var (found, mass) in open)
            {
                var acceptedNow = mass * Cumulative(n, AcceptanceNumbers[i] - found, p, model, lot, taken, found);
                accepted += acceptedNow;
                inspectedWhenAccepted += acceptedNow * (taken + n);
                for (var d = Math.Max(found, AcceptanceNumbers[i] + 1); d < RejectionNumbers[i]; d++)
                    next[d] = next.GetValueOrDefault(d) + mass * Term(n, d - found, p, model, lot, taken, found);
            }
            open = next;
            taken += n;
        }
        return Performance(p, accepted, inspected, inspectedWhenAccepted, lot);
    }

    private static double Cumulative(int n, int most, double p, CountModel model, int? lot, int taken, int found)
    {
        if (most < 0)
            return 0;
        if (model == CountModel.Poisson)
            return AcceptanceProbability.Poisson(n, most, p);
        if (model == CountModel.Binomial)
            return AcceptanceProbability.Binomial(n, most, p);
        var left = InLot(p, lot!.Value) - found;
        return left < 0 ? 0 : AcceptanceProbability.Hypergeometric(lot.Value - taken, n, most, Math.Min(left, lot.Value - taken));
    }

    private static double Term(int n, int d, double p, CountModel model, int? lot, int taken, int found) => model switch
    {
        CountModel.Poisson => GammaFunctions.PoissonTerm(d, n * p),
        CountModel.Binomial => d > n ? 0 : AcceptanceProbability.BinomialTerm(n, d, p, 1 - p),
        _ => InLot(p, lot!.Value) - found is var left && left >= 0 ? AcceptanceProbability.HypergeometricTerm(lot.Value - taken, n, d, Math.Min(left, lot.Value - taken)) : 0,
    };

    /// <summary>A lot holds whole items.</summary>
    private static int InLot(double p, int lot) => (int)Math.Round(p * lot, MidpointRounding.ToEven);

    private static PlanPerformance Performance(double p, double accepted, double inspected, double inspectedWhenAccepted, int? lot)
    {
        // Lots not accepted are screened: what leaves are the accepted lots' uninspected items.
        double? outgoing = lot is { } size ? p * (accepted - inspectedWhenAccepted / size) : p * accepted;
        double? total = lot is { } n ? inspectedWhenAccepted + (1 - accepted) * n : null;
        return new(p, accepted, inspected, outgoing.Value, total);
    }
}

/// <summary>What a plan does at one quality.</summary>
/// <param name="FractionNonconforming">p.</param>
/// <param name="Acceptance">P<sub>a</sub>: the operating characteristic (抽检特性).</param>
/// <param name="AverageSampleNumber">ASN, inspection not curtailed.</param>
/// <param name="AverageOutgoingQuality">AOQ: the fraction left after lots not accepted were screened; p·P<sub>a</sub> where no lot size is given.</param>
/// <param name="AverageTotalInspection">ATI: items inspected for each lot with screening; null where no lot size is given.</param>
public sealed record PlanPerformance(double FractionNonconforming, double Acceptance, double AverageSampleNumber, double AverageOutgoingQuality, double? AverageTotalInspection);
