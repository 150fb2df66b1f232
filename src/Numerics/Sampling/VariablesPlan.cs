namespace Plumbline.Numerics;

/// <summary>A sampling plan by variables, k method (计量抽样，k 法), ISO 3951 / GB/T 6378: accept when (x̄ − L)/s or (U − x̄)/s is at least k.</summary>
/// <param name="SampleSize">n, at least 1 with a known σ, at least 2 otherwise.</param>
/// <param name="AcceptabilityConstant">k, finite.</param>
/// <param name="SigmaKnown">The process standard deviation is known (σ method); otherwise it is estimated from the sample (s method).</param>
public sealed record VariablesPlan(int SampleSize, double AcceptabilityConstant, bool SigmaKnown)
{
    /// <summary>The probability of acceptance of a normal process with one specification limit.</summary>
    /// <param name="fractionNonconforming">p beyond the limit, strictly between 0 and 1.</param>
    /// <returns>P<sub>a</sub>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or a figure of the plan is outside its range.</exception>
    /// <remarks>σ known: Φ(√n(z<sub>1−p</sub> − k)). Estimated: noncentral t with n − 1 degrees of freedom and noncentrality √n z<sub>1−p</sub>.</remarks>
    public double Acceptance(double fractionNonconforming)
    {
        Require.Probability(fractionNonconforming);
        Require.AtLeast(SampleSize, SigmaKnown ? 1 : 2);
        Require.Finite(AcceptabilityConstant);
        return AcceptanceOf(SampleSize, AcceptabilityConstant, SigmaKnown, fractionNonconforming);
    }

    private static double AcceptanceOf(int n, double k, bool known, double p)
    {
        var z = -Normal.QuantileOf(p);
        var root = Math.Sqrt(n);
        return known ? Normal.UpperTailOf(root * (k - z)) : NoncentralT.UpperTail(root * k, n - 1, root * z);
    }

    /// <summary>The smallest plan through two points of the operating characteristic; k meets the producer's point.</summary>
    /// <param name="producersPoint">Quality that should be accepted, and with what probability at least, such as (0.01, 0.95).</param>
    /// <param name="consumersPoint">Quality that should not, and with what probability at most, such as (0.08, 0.10).</param>
    /// <param name="sigmaKnown">The process standard deviation is known.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The points do not describe a plan.</exception>
    public static VariablesPlan Design(QualityPoint producersPoint, QualityPoint consumersPoint, bool sigmaKnown)
    {
        QualityPoint.Check(producersPoint, consumersPoint);
        double good = -Normal.QuantileOf(producersPoint.FractionNonconforming), bad = -Normal.QuantileOf(consumersPoint.FractionNonconforming);
        double zAccept = Normal.QuantileOf(producersPoint.Acceptance), zPass = Normal.QuantileOf(consumersPoint.Acceptance);
        var exact = Math.Pow((zAccept - zPass) / (good - bad), 2);
        if (exact > 1e7)
            throw new ArgumentException("The two qualities lie so close together that more than ten million items would be needed.", nameof(consumersPoint));
        var least = sigmaKnown ? 1 : 2;
        // An estimated σ needs at least the items that a known one does: the search begins there.
        var n = Math.Max(least, (int)Math.Ceiling(exact - 1e-9));
        if (sigmaKnown)
            return new(n, good - zAccept / Math.Sqrt(n), true);
        int low = n - 1, high = n;
        while (!Passes(high, out _))
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (middle >= least && Passes(middle, out _))
                high = middle;
            else
                low = middle;
        }
        Passes(high, out var constant);
        return new(high, constant, false);

        bool Passes(int size, out double k)
        {
            k = Constant(size, producersPoint.FractionNonconforming, producersPoint.Acceptance);
            return AcceptanceOf(size, k, false, consumersPoint.FractionNonconforming) <= consumersPoint.Acceptance;
        }
    }

    /// <summary>k at which a quality is accepted with the given probability, by bisection: acceptance falls with k.</summary>
    private static double Constant(int n, double p, double acceptance)
    {
        var z = -Normal.QuantileOf(p);
        double low = z - 1, high = z + 1;
        while (AcceptanceOf(n, low, false, p) < acceptance)
            low -= high - low;
        while (AcceptanceOf(n, high, false, p) > acceptance)
            high += high - low;
        return RootFinder.Brent(k => AcceptanceOf(n, k, false, p) - acceptance, low, high);
    }
}
