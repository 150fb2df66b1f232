namespace Plumbline.Numerics;

/// <summary>The general model: the posterior density of μ summed over τ, on panels that divide until their Legendre series has converged.</summary>
internal sealed class PanelPosterior
{
    private const int Nodes = 12;
    private const double Tolerance = 1e-7;
    private static readonly double[] priorCuts = [-8, -2, 0, 2, 8];
    private readonly Frame frame;
    private readonly Priors priors;
    private readonly LaboratoryLikelihood[] laboratories;
    private readonly double[] tau, weight, v, mass, product;
    private readonly double[] logs;
    private readonly double[][] still;
    private readonly double reference, floor = double.NegativeInfinity;
    private readonly List<Panel> panels = [];
    private double total;

    /// <summary>Density at the nodes over all τ, and over every second one.</summary>
    private sealed record Panel(double Middle, double Half, double[] Fine, double[] Coarse, double[][] Mass);

    internal PanelPosterior(Frame frame, Priors priors, double[]? degreesOfFreedom)
    {
        (this.frame, this.priors) = (frame, priors);
        (tau, weight, v) = priors.TauNodes(frame, 0.2);
        laboratories = [.. frame.Z.Select((z, j) => new LaboratoryLikelihood(z, frame.S[j], degreesOfFreedom?[j] ?? double.PositiveInfinity, priors, tau))];
        (mass, product) = (new double[tau.Length], new double[tau.Length]);
        logs = new double[tau.Length];
        // What the laboratories from each one on can add at most.
        still = new double[laboratories.Length][];
        for (var j = laboratories.Length - 1; j >= 0; j--)
        {
            still[j] = laboratories[j].Peaks();
            if (j + 1 < laboratories.Length)
                for (var k = 0; k < tau.Length; k++)
                    still[j][k] += still[j + 1][k];
        }
        // The height at the most likely of some places makes the exponentials manageable: the results' own, the prior's, and between.
        var (t, _, _) = PauleMandel.TauSquared(frame.Z, frame.S, frame.Z.Length - 1);
        var likely = RandomEffects.At(frame.Z, frame.S, t).Mean;
        reference = double.NegativeInfinity;
        for (var i = 0; i <= (priors.Mean == MeanPrior.Flat ? 0 : 32); i++)
        {
            var mu = likely + (priors.Location - likely) * i / 32;
            Logs(mu);
            reference = Math.Max(reference, logs.Max() + priors.LogOfMean(mu));
        }
        floor = reference - 40;
        Integrate();
    }

    private static (double[] X, double[] W) Rule { get; } = GaussLegendre.Rule(Nodes);

    internal PosteriorResult Result(double coverage)
    {
        PosteriorSummary fine = Summary(p => p.Fine, coverage), coarse = Summary(p => p.Coarse, coverage);
        var error = new[] { fine.Mean - coarse.Mean, fine.Deviation - coarse.Deviation, fine.Low - coarse.Low, fine.High - coarse.High }.Max(Math.Abs) / fine.Deviation;
        var name = priors.Effects == LaboratoryEffects.Gauss ? "hierarchical-gauss" : "hierarchical-laplace";
        return Posterior.Result(name, frame, fine, new TauPosterior(v, mass, frame.S.Min()), coverage, error);
    }

    private void Logs(double mu)
    {
        Array.Clear(logs);
        var least = floor - priors.LogOfMean(mu);
        for (var j = 0; j < laboratories.Length; j++)
            laboratories[j].AddLog(mu, logs, still[j], least);
    }

    private void Integrate()
    {
        double low = frame.Z.Min(), high = frame.Z.Max(), width = Math.Max(high - low, RobustScale.MedianOf(frame.S));
        double[] cuts = [low - width, .. frame.Z, high + width];
        if (priors.Mean != MeanPrior.Flat)
            cuts = [.. cuts, .. Bridge(low - width, high + width, width)];
        cuts = [.. cuts.Distinct().Order()];
        (low, high) = (cuts[0], cuts[^1]);
        // A first look at the middle sets the scale of the error; then every panel divides as it must.
        var first = Enumerable.Range(1, cuts.Length - 1).Select(i => Evaluate(cuts[i - 1], cuts[i])).ToArray();
        total = first.Sum(p => p.Panel.Half * Matrix.Dot(Rule.W, p.Panel.Fine));
        foreach (var (panel, masses) in first)
            Accept(panel, masses, 0);
        Tail(low, -width);
        Tail(high, width);
    }

    /// <summary>Cuts about the prior's location, and towards it from the results: each step doubles, so that neither end is seen too coarsely.</summary>
    private IEnumerable<double> Bridge(double low, double high, double width)
    {
        foreach (var k in priorCuts)
            yield return priors.Location + k * priors.Scale;
        double left = priors.Location - 8 * priors.Scale, right = priors.Location + 8 * priors.Scale;
        for (var step = width; high + step < right; step *= 2)
            yield return high + step;
        for (var step = width; low - step > left; step *= 2)
            yield return low - step;
        for (var step = priors.Scale; left - step > low; step *= 2)
            yield return left - step;
        for (var step = priors.Scale; right + step < high; step *= 2)
            yield return right + step;
    }

    /// <summary>Ever wider panels until nothing is left.</summary>
    private void Tail(double from, double width)
    {
        for (var i = 0; i < 60; i++, width *= 1.6)
        {
            var (panel, masses) = Evaluate(Math.Min(from, from + width), Math.Max(from, from + width));
            Accept(panel, masses, 0);
            from += width;
            // What the square of the distance would still carry decides, so that the variance is complete.
            var distance = Math.Abs(from) / Math.Abs(width);
            if (panel.Half * Matrix.Dot(Rule.W, panel.Fine) * distance * distance < 1e-11 * total)
                return;
        }
    }

    private (Panel Panel, double[] Masses) Evaluate(double low, double high)
    {
        double middle = low + (high - low) / 2, half = (high - low) / 2;
        double[] fine = new double[Nodes], coarse = new double[Nodes], masses = new double[tau.Length];
        var each = new double[Nodes][];
        for (var i = 0; i < Nodes; i++)
        {
            var mu = middle + half * Rule.X[i];
            Logs(mu);
            each[i] = new double[tau.Length];
            var shift = priors.LogOfMean(mu) - reference;
            for (var k = 0; k < tau.Length; k++)
            {
                product[k] = weight[k] * Math.Exp(logs[k] + shift);
                fine[i] += product[k];
                if (k % 2 == 0)
                    coarse[i] += product[k];
                each[i][k] = half * Rule.W[i] * product[k];
                masses[k] += each[i][k];
            }
        }
        return (new(middle, half, fine, coarse, each), masses);
    }

    private void Accept(Panel panel, double[] masses, int depth)
    {
        var coefficients = GaussLegendre.Coefficients(panel.Fine);
        var remainder = Math.Abs(coefficients[^1]) + Math.Abs(coefficients[^2]);
        if (remainder * panel.Half > Tolerance * total && depth < 40)
        {
            foreach (var (low, high) in (ReadOnlySpan<(double, double)>)[(panel.Middle - panel.Half, panel.Middle), (panel.Middle, panel.Middle + panel.Half)])
            {
                var (child, own) = Evaluate(low, high);
                Accept(child, own, depth + 1);
            }
            return;
        }
        panels.Add(panel);
        for (var k = 0; k < mass.Length; k++)
            mass[k] += masses[k];
    }

    /// <summary>The difference at every node of μ, its spreads gathered in narrow classes so that no lab sums over millions of terms.</summary>
    internal DifferenceMixture[] Differences(bool recognised)
    {
        var centre = Summary(p => p.Fine, 0.95).Mean;
        var least = 1e-8 * mass.Sum();
        return Array.ConvertAll(laboratories, l => Differences(l, recognised, centre, least));
    }

    private DifferenceMixture Differences(LaboratoryLikelihood laboratory, bool recognised, double centre, double least)
    {
        const double perUnit = 50; // classes of 2 % in the standard deviation, each at its root mean square
        int Class(double square) => (int)Math.Round(perUnit * 0.5 * Math.Log(square));
        double narrow = laboratory.Sigma(0), wide = double.Hypot(laboratory.Sigma(laboratory.Count - 1), recognised ? tau[^1] : 0);
        var first = Class(narrow * narrow);
        double[] weights = new double[Class(wide * wide) - first + 1], squares = new double[weights.Length], shares = new double[laboratory.Count];
        // The class of every pair of σ and τ is known beforehand.
        var own = new (int Class, double Square)[tau.Length, laboratory.Count];
        for (var k = 0; k < tau.Length; k++)
            for (var m = 0; m < laboratory.Count; m++)
            {
                var square = laboratory.Sigma(m) * laboratory.Sigma(m) + (recognised ? tau[k] * tau[k] : 0);
                own[k, m] = (Class(square) - first, square);
            }
        var mixture = new DifferenceMixture();
        foreach (var panel in panels)
            for (var i = 0; i < Nodes; i++)
            {
                var mu = panel.Middle + panel.Half * Rule.X[i];
                for (var k = 0; k < tau.Length; k++)
                {
                    if (panel.Mass[i][k] < least)
                        continue;
                    laboratory.SigmaGiven(mu, k, shares);
                    for (var m = 0; m < shares.Length; m++)
                    {
                        var part = panel.Mass[i][k] * shares[m];
                        var (index, square) = own[k, m];
                        weights[index] += part;
                        squares[index] += part * square;
                    }
                }
                for (var c = 0; c < weights.Length; c++)
                    if (weights[c] > least)
                        mixture.Add(centre - mu, Math.Sqrt(squares[c] / weights[c]), weights[c]);
                Array.Clear(weights);
                Array.Clear(squares);
            }
        return mixture;
    }

    private PosteriorSummary Summary(Func<Panel, double[]> density, double coverage)
    {
        Panel[] sorted = [.. panels.OrderBy(p => p.Middle)];
        var areas = Array.ConvertAll(sorted, p => p.Half * Matrix.Dot(Rule.W, density(p)));
        var area = areas.Sum();
        double Moment(Func<double, double> g) => sorted.Sum(p => p.Half * Rule.W.Select((w, i) => w * density(p)[i] * g(p.Middle + p.Half * Rule.X[i])).Sum()) / area;
        var mean = Moment(mu => mu);
        return new(mean, Math.Sqrt(Moment(mu => (mu - mean) * (mu - mean))), Quantile(0.5), Quantile((1 - coverage) / 2), Quantile((1 + coverage) / 2));

        double Quantile(double p)
        {
            var target = p * area;
            var i = 0;
            for (; i < sorted.Length - 1 && target > areas[i]; i++)
                target -= areas[i];
            var c = GaussLegendre.Coefficients(density(sorted[i]));
            double low = -1, high = 1;
            for (var n = 0; n < 60; n++)
            {
                var t = (low + high) / 2;
                if (sorted[i].Half * GaussLegendre.Integral(c, t) < target)
                    low = t;
                else
                    high = t;
            }
            return sorted[i].Middle + sorted[i].Half * (low + high) / 2;
        }
    }
}
