namespace Plumbline.Numerics;

/// <summary>Adaptive Gauss–Kronrod quadrature, 7 and 15 points, between given break points.</summary>
/// <remarks>The break points are where the integrand turns: a transition much narrower than the range is never missed.</remarks>
internal static class GaussKronrod
{
    /// <param name="integrand">Finite between the outermost points.</param>
    /// <param name="points">At least two, in any order.</param>
    /// <param name="relative">Error allowed, as a share of the integral of the absolute value.</param>
    internal static (double Value, double Error) Integrate(Func<double, double> integrand, IEnumerable<double> points, double relative = 1e-13)
    {
        double[] ends = [.. points.Distinct().Order()];
        var queue = new PriorityQueue<(double Low, double High, double Value, double Error), double>();
        double error = 0, size = 0;
        for (var i = 0; i + 1 < ends.Length; i++)
            Add(ends[i], ends[i + 1]);
        for (var splits = 0; splits < 4000 && queue.Count > 0 && error > relative * size; splits++)
        {
            var (low, high, value, worst) = queue.Dequeue();
            var middle = 0.5 * (low + high);
            if (!(middle > low && middle < high))
                continue;
            error -= worst;
            size -= Math.Abs(value);
            Add(low, middle);
            Add(middle, high);
        }
        // Summed afresh: the running sums have seen many subtractions.
        return (queue.UnorderedItems.Sum(p => p.Element.Value), queue.UnorderedItems.Sum(p => p.Element.Error));

        void Add(double low, double high)
        {
            var (value, own) = Panel(integrand, low, high);
            queue.Enqueue((low, high, value, own), -own);
            error += own;
            size += Math.Abs(value);
        }
    }

    private static (double Value, double Error) Panel(Func<double, double> integrand, double low, double high)
    {
        double centre = 0.5 * (low + high), half = 0.5 * (high - low);
        var middle = integrand(centre);
        double fine = KronrodRule.Weights[7] * middle, coarse = KronrodRule.GaussWeights[3] * middle;
        for (var j = 0; j < 7; j++)
        {
            var pair = integrand(centre - half * KronrodRule.Nodes[j]) + integrand(centre + half * KronrodRule.Nodes[j]);
            fine += KronrodRule.Weights[j] * pair;
            if (j % 2 == 1)
                coarse += KronrodRule.GaussWeights[j / 2] * pair;
        }
        var difference = Math.Abs(fine - coarse) * half;
        // QUADPACK's estimate: the fine rule is far better than its distance from the coarse one.
        return (fine * half, difference == 0 ? 0 : Math.Min(difference, Math.Pow(200 * difference / (Math.Abs(fine) * half + 1e-300), 1.5) * (Math.Abs(fine) * half)));
    }
}
