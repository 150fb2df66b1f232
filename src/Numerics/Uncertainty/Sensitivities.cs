namespace Plumbline.Numerics;

/// <summary>The derivatives of a result with respect to its elementaries, each named once.</summary>
internal sealed class Sensitivities
{
    private Dictionary<Elementary, double>? byElementary;

    private Sensitivities(Elementary[] elementaries, double[] coefficients)
    {
        Elementaries = elementaries;
        Coefficients = coefficients;
        foreach (var e in elementaries)
            HasGroups |= e.Group is not null;
        StandardUncertainty = HasGroups ? Math.Sqrt(Covariance(this)) : Independent();
    }

    internal Elementary[] Elementaries { get; }

    internal double[] Coefficients { get; }

    internal bool HasGroups { get; }

    /// <summary>√(Σ c_i u_ij c_j).</summary>
    internal double StandardUncertainty { get; }

    internal double Variance => StandardUncertainty * StandardUncertainty;

    internal static Sensitivities Of(UncertainNode node)
    {
        var sweep = new Sweep(node);
        return Of(sweep.Elementaries, sweep.Coefficients);
    }

    internal static Sensitivities Of(List<Elementary> elementaries, List<double> coefficients)
    {
        var restored = false;
        foreach (var e in elementaries)
            restored |= e.IsRestored;
        return restored ? Merge(elementaries, coefficients) : new([.. elementaries], [.. coefficients]);
    }

    /// <summary>An archive read twice gives the same quantity twice: one identity, one coefficient.</summary>
    private static Sensitivities Merge(List<Elementary> elementaries, List<double> coefficients)
    {
        var at = new Dictionary<Guid, int>();
        var kept = new List<Elementary>();
        var sums = new List<double>();
        for (var i = 0; i < elementaries.Count; i++)
        {
            if (at.TryGetValue(elementaries[i].Id, out var place))
            {
                sums[place] += coefficients[i];
                continue;
            }
            at[elementaries[i].Id] = kept.Count;
            kept.Add(elementaries[i]);
            sums.Add(coefficients[i]);
        }
        return new([.. kept], [.. sums]);
    }

    private double Independent()
    {
        double largest = 0, sum = 0;
        for (var i = 0; i < Coefficients.Length; i++)
            largest = Math.Max(largest, Math.Abs(Coefficients[i] * Elementaries[i].StandardUncertainty));
        // Scaled by a power of two where squares would vanish or overflow; the digits are the same.
        var scale = largest is > 1e-140 and < 1e140 or 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest));
        for (var i = 0; i < Coefficients.Length; i++)
        {
            var part = Coefficients[i] * Elementaries[i].StandardUncertainty / scale;
            sum += part * part;
        }
        return Math.Sqrt(sum) * scale;
    }

    /// <summary>c U cᵀ of two results.</summary>
    internal double Covariance(Sensitivities other)
    {
        var sum = 0.0;
        for (var i = 0; i < Elementaries.Length; i++)
        {
            var e = Elementaries[i];
            if (e.Group is not { } group)
                sum += Coefficients[i] * e.StandardUncertainty * e.StandardUncertainty * other.CoefficientOf(e);
            else
                foreach (var member in group.Members)
                    if (other.CoefficientOf(member) is var c and not 0)
                        sum += Coefficients[i] * group.Covariance(e.GroupIndex, member.GroupIndex) * c;
        }
        return ReferenceEquals(this, other) ? Math.Max(0, sum) : sum;
    }

    internal double CoefficientOf(Elementary elementary) => ByElementary.GetValueOrDefault(elementary);

    internal bool Has(Elementary elementary) => ByElementary.ContainsKey(elementary);

    private Dictionary<Elementary, double> ByElementary
    {
        get
        {
            if (byElementary is { } known)
                return known;
            var map = new Dictionary<Elementary, double>(Elementaries.Length, SameElementary.Comparer);
            for (var i = 0; i < Elementaries.Length; i++)
                map[Elementaries[i]] = Coefficients[i];
            return byElementary = map;
        }
    }

    internal static IEqualityComparer<Elementary> Same => SameElementary.Comparer;

    /// <summary>By identity; an identity is asked for only where an archive gave one.</summary>
    private sealed class SameElementary : IEqualityComparer<Elementary>
    {
        internal static readonly SameElementary Comparer = new();

        public bool Equals(Elementary? x, Elementary? y) => ReferenceEquals(x, y) || x is { IsRestored: true } && y is { IsRestored: true } && x.Id == y.Id;

        public int GetHashCode(Elementary e) => e.IsRestored ? e.Id.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(e);
    }
}
