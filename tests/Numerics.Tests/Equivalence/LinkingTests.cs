namespace Plumbline.Numerics.Tests.Equivalence;

public class LinkingTests
{
    [Fact]
    public void A_network_without_contradiction_gives_back_the_effects_that_made_it()
    {
        double[] artefacts = [100, 250, -30], effects = [0, 0.5, -0.25, 1.5];
        (int Comparison, int Participant)[] plan = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (2, 0), (2, 3)];
        double[] values = [.. plan.Select(p => artefacts[p.Comparison] + effects[p.Participant])];
        var r = Linking.Network([.. plan.Select(p => p.Comparison)], [.. plan.Select(p => p.Participant)], values, [.. plan.Select((_, i) => 0.1 + 0.05 * i)]);
        for (var p = 0; p < 4; p++)
            Assert.Equal(effects[p], r.Differences[p], 1e-9);
        Assert.Equal(2, r.DegreesOfFreedom);
        Assert.Equal(0, r.ChiSquared, 1e-12);
    }

    [Fact]
    public void One_comparison_is_its_own_pairwise_difference()
    {
        var r = Linking.Network([0, 0, 0], [0, 1, 2], [10, 11, 12.5], [0.3, 0.4, 0.5]);
        Assert.Equal([0, 1, 2.5], r.Differences.Select(d => Math.Round(d, 10)));
        Assert.Equal(0.25, r.Covariance[1, 1], 1e-12);
        Assert.Equal(0.09, r.Covariance[1, 2], 1e-12);
    }

    [Fact]
    public void Comparisons_without_a_common_participant_cannot_be_linked() =>
        Assert.Throws<ArgumentException>(() => Linking.Network([0, 0, 1, 1], [0, 1, 2, 3], [1, 2, 3, 4], [1, 1, 1, 1]));

    [Fact]
    public void A_regional_comparison_is_shifted_by_its_linking_laboratories()
    {
        var r = Linking.ToKeyComparison([10.2, 10.4], [9.7, 9.9], [0.1, 0.2], [9.8, 10.0], [0.3, 0.4], 10.1, 0.05);
        Assert.Equal(0.5, r.Correction, 1e-12);
        Assert.Equal(0.2, r.Deviations[0], 1e-12);
        Assert.Equal(Math.Sqrt(0.09 + 1 / (1 / 0.01 + 1 / 0.04) + 0.0025), r.StandardUncertainties[0], 1e-12);
        Assert.Equal(0, r.ChiSquared, 1e-12);
    }

    [Fact]
    public void Bootstrap_degrees_of_members_and_of_others_are_near_the_analytic_ones()
    {
        double[] x = [10, 10.2, 9.8, 10.1, 12], u = [0.2, 0.2, 0.2, 0.2, 0.3];
        var (result, d, expanded) = DerSimonianLairdBootstrap.Degrees(x, u, [true, true, true, true, false], new Random(5));
        Assert.Equal(10.025, result.Reference.Value, 1e-6);
        Assert.Equal(1.975, d[4], 1e-6);
        Assert.InRange(expanded[0], 0.3, 0.5);
        Assert.InRange(expanded[4], 0.6, 0.8);
    }
}
