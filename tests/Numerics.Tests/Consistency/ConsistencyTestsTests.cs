namespace Plumbline.Numerics.Tests.Consistency;

public class ConsistencyTestsTests
{
    [Fact]
    public void Shapiro_and_Wilk_s_own_example()
    {
        // Weights in pounds of eleven men, Biometrika 52 (1965) 591, example 2: W = 0.79.
        var (w, p) = ConsistencyTests.ShapiroWilk([148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]);
        Assert.Equal(0.788815, w, 1e-5);
        Assert.Equal(0.006704, p, 1e-5);
    }

    [Theory] // scipy 1.10, the same algorithm in single precision
    [InlineData(3, 0.87619281, 0.31328979), InlineData(4, 0.95134902, 0.72455102), InlineData(5, 0.97344166, 0.8968485), InlineData(6, 0.96605057, 0.86493176)]
    [InlineData(11, 0.94247287, 0.54999244), InlineData(12, 0.94453859, 0.558996856), InlineData(30, 0.93880355, 0.08445708), InlineData(200, 0.95756769, 1.08873837e-05)]
    public void Shapiro_Wilk_agrees_with_another_program(int n, double expectedW, double expectedP)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => (long)i * i * 7919 % 1009 / 100.0 + (i == 0 ? 3 : 0))];
        var (w, p) = ConsistencyTests.ShapiroWilk(x);
        Assert.Equal(expectedW, w, 2e-6);
        Assert.Equal(1, p / expectedP, 1e-3);
        var far = ConsistencyTests.ShapiroWilk([.. x.Select(v => v * 1e-9)]);
        Assert.Equal(w, far.W, 1e-9);
    }

    [Fact]
    public void A_symmetric_sample_is_not_called_skew_and_a_skew_one_is()
    {
        Assert.True(ConsistencyTests.Symmetry([1, 2, 3, 4, 5, 6, 7], new Random(1)).PValue > 0.9);
        double[] skew = [.. Enumerable.Range(1, 40).Select(i => -Math.Log(1 - i / 41.0) * -Math.Log(1 - i / 41.0))];
        Assert.True(ConsistencyTests.Symmetry(skew, new Random(1)).PValue < 0.01);
    }

    [Theory] // all 2^n patterns of signs enumerated with numpy 1.24
    [InlineData(new[] { 34.3, 32.9, 34.53, 32.42, 31.9, 35.8 }, 60 / 64.0), InlineData(new[] { 195.8, 196.7, 197.2, 197.9, 198.29 }, 28 / 32.0)]
    [InlineData(new[] { 1, 1.1, 1.3, 1.2, 1.6, 2.5, 4, 9, 1.05, 1.15, 0.9, 3.1 }, 6 / 4096.0)]
    public void The_p_value_of_the_symmetry_test_is_exact_for_few_results(double[] x, double expected)
    {
        Assert.Equal(expected, ConsistencyTests.Symmetry(x, new Random(1)).PValue);
        Assert.Equal(expected, ConsistencyTests.Symmetry([.. x.Select(v => 1e-12 * v)], new Random(2)).PValue);
        Assert.Equal(expected, ConsistencyTests.Symmetry([.. x.Select(v => 7 - v)], new Random(3)).PValue, 1e-12);
    }

    [Theory]
    [InlineData(new[] { 10, 10.1, 9.9, 10.05, 9.95 }, DecisionTreeRecommendation.AdaptiveWeightedAverage)]
    [InlineData(new[] { 10.0, 12, 8, 11, 9 }, DecisionTreeRecommendation.HierarchicalGauss)]
    [InlineData(new[] { 10, 10.1, 9.9, 10.2, 9.8, 10, 10.05, 20, 0.1 }, DecisionTreeRecommendation.HierarchicalLaplace)]
    public void The_tree_goes_where_its_tests_send_it(double[] x, DecisionTreeRecommendation leaf) =>
        Assert.Equal(leaf, DecisionTree.Of(x, [.. x.Select(_ => 0.2)], new Random(3)).Recommendation);
}
