namespace Plumbline.Numerics.Tests.Uncertainty;

public class UncertaintyBudgetTests
{
    [Fact]
    public void Shares_and_covariances_make_up_the_whole()
    {
        var x = CorrelatedInputs.Of([2, 3, 5], [0.1, 0.2, 0.3], new[,] { { 1, 0.4, -0.2 }, { 0.4, 1, 0.1 }, { -0.2, 0.1, 1 } }, ["a", "b", "c"]);
        var budget = UncertaintyBudget.Of(x[0] * x[1] / x[2] + UncertainNumber.Of(1, 0.05, label: "d"));
        Assert.Equal(1, budget.Lines.Sum(l => l.Share) + budget.Covariances.Sum(c => c.Share), 1e-14);
        Assert.Equal(3, budget.Covariances.Count);
        Assert.Equal(["b", "a", "d", "c"], budget.Lines.Select(l => l.Name).Where(n => n is "b" or "a").Concat(budget.Lines.Select(l => l.Name).Where(n => n is "d" or "c").OrderDescending()));
        Assert.Equal(budget.Lines.OrderByDescending(l => Math.Abs(l.Contribution)), budget.Lines);
        Assert.Equal(Math.Pow(budget.StandardUncertainty, 2), budget.Lines.Sum(l => l.Contribution * l.Contribution) + budget.Covariances.Sum(c => c.Contribution), 1e-15);
    }

    [Fact]
    public void A_budget_can_be_regrouped_through_intermediates()
    {
        UncertainNumber m = UncertainNumber.Of(10, 0.2, label: "m"), v = UncertainNumber.Of(4, 0.1, label: "V"), t = UncertainNumber.Of(20, 0.5, label: "t");
        var density = (m / v * (1 + 0.01 * (t - 20))).As("rho");
        var y = density * density + 0.1 * t;
        var budget = UncertaintyBudget.Through(y, density);
        Assert.Equal(["rho", "t"], budget.Lines.Select(l => l.Name));
        Assert.Equal(2 * density.Value, budget.Lines[0].Sensitivity, 1e-14);
        Assert.Equal(0.1, budget.Lines[1].Sensitivity, 1e-15);
        // Both depend on t: without the covariance the lines would not add up.
        var covariance = Assert.Single(budget.Covariances);
        Assert.True(covariance.Contribution > 0);
        Assert.Equal(1, budget.Lines.Sum(l => l.Share) + covariance.Share, 1e-14);
        Assert.Equal(y.StandardUncertainty, budget.StandardUncertainty);
    }

    [Fact]
    public void A_zero_uncertainty_gives_a_budget_without_shares()
    {
        var x = UncertainNumber.Of(1, 0, label: "x");
        Assert.All(UncertaintyBudget.Of(2 * x).Lines, l => Assert.Equal(0, l.Share));
    }
}
