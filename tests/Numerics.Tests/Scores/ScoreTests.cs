namespace Plumbline.Numerics.Tests.Scores;

public class ScoreTests
{
    [Theory]
    [InlineData(10.2, 0.3, 10, 0.3), InlineData(10.2, 0.2, 10, 0.3)]
    public void A_contributor_no_less_certain_than_the_reference_cannot_be_scored(double x, double u, double reference, double uReference)
    {
        var score = EnScore.Contributed(x, u, reference, uReference);
        Assert.False(score.Evaluable);
        Assert.Equal((Verdict.NotEvaluable, NotEvaluableReason.DenominatorNotPositive), (score.Verdict, score.Reason));
    }

    [Fact]
    public void Transport_uncertainty_can_make_it_evaluable() =>
        Assert.Equal(0.2 / 0.4, EnScore.Contributed(10.2, 0.3, 10, 0.3, 0.4).Value!.Value, 12);

    [Theory]
    [InlineData(1, Verdict.Satisfactory), InlineData(-1, Verdict.Satisfactory), InlineData(1.0000001, Verdict.Unsatisfactory)]
    public void En_is_satisfactory_up_to_one(double d, Verdict verdict) => Assert.Equal(verdict, EnScore.OfDegree(d, 1).Verdict);

    [Theory]
    [InlineData(2, Verdict.Satisfactory), InlineData(-2.5, Verdict.Questionable), InlineData(3, Verdict.Unsatisfactory)]
    public void Z_has_three_bands(double z, Verdict verdict) => Assert.Equal(verdict, ProficiencyScores.Z(z, 0, 1).Verdict);

    [Fact]
    public void A_zero_denominator_is_said_not_thrown()
    {
        Assert.False(ProficiencyScores.Z(1, 0, 0).Evaluable);
        Assert.False(EnScore.Independent(1, 0, 0, 0).Evaluable);
        Assert.False(ProficiencyScores.Zeta(1, 0.3, 0, 0.3, 0.09).Evaluable);
        Assert.False(ProficiencyScores.Ez(1, 0, 0, 1).Low.Evaluable);
        Assert.Null(ProficiencyScores.PercentDifference(1, 0));
    }

    [Fact]
    public void Uncertainties_of_any_size_do_not_overflow()
    {
        Assert.Equal(0.5, EnScore.Independent(5e-200, 6e-200, 0, 8e-200).Value!.Value, 12);
        Assert.Equal(0.5, ProficiencyScores.Zeta(5e200, 6e200, 0, 8e200).Value!.Value, 12);
    }

    [Fact]
    public void Five_laboratories_cannot_reach_three_against_their_own_mean()
    {
        Assert.Equal(4 / Math.Sqrt(5), ProficiencyScores.LargestPossible(5), 12);
        Assert.True(ProficiencyScores.LargestPossible(10) < 3 && ProficiencyScores.LargestPossible(11) > 3);
    }

    [Fact]
    public void Many_points_bring_false_signals() => Assert.Equal(1 - Math.Pow(0.95, 20), CombinedScores.ChanceOfFalseSignal(20), 12);

    [Fact]
    public void Coverage_goes_there_and_back()
    {
        foreach (var nu in new[] { 1, 4.5, 30, double.PositiveInfinity })
            Assert.Equal(0.7, Coverage.StandardFromProbability(Coverage.ExpandTo(0.7, 0.95, nu), 0.95, nu), 12);
        Assert.Equal(2.776445105, Coverage.Factor(0.95, 4), 9);
    }

    [Theory, InlineData(108, 2), InlineData(116, 4), InlineData(100, 0), InlineData(95, -2), InlineData(90, -4)]
    public void An_unsymmetrical_tolerance_range_has_a_slope_on_either_side(double value, double score) =>
        Assert.Equal(score, ProficiencyScores.ZU(value, 100, 95, 108).Value!.Value, 12);

    [Fact]
    public void A_symmetrical_tolerance_range_gives_z_and_one_without_width_none()
    {
        Assert.Equal(ProficiencyScores.Z(103, 100, 4).Value, ProficiencyScores.ZU(103, 100, 92, 108).Value);
        Assert.Equal(Verdict.NotEvaluable, ProficiencyScores.ZU(103, 100, 92, 100).Verdict);
        Assert.Equal("lowerTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => ProficiencyScores.ZU(1, 100, 101, 108)).ParamName);
    }
}
