namespace Plumbline.Numerics.Tests.Sampling;

public class AqlTablesTests
{
    private static readonly int[] sizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150];

    /// <summary>The table is a matter of one diagonal: letter index and AQL index give Ac, or the way to the next plan.</summary>
    [Theory]
    [InlineData(InspectionSeverity.Normal)]
    [InlineData(InspectionSeverity.Tightened)]
    public void Every_cell_follows_from_the_diagonal_rule(InspectionSeverity severity)
    {
        int?[] numbers = severity == InspectionSeverity.Normal ? [0, null, null, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44] : [0, null, null, 1, 2, 3, 5, 8, 12, 18, 27, 41];
        var shift = severity == InspectionSeverity.Normal ? 14 : 15;
        var limit = severity == InspectionSeverity.Normal ? 10 : 9;
        for (var i = 0; i < AqlTables.Letters.Count; i++)
            for (var j = 0; j < AqlTables.Limits.Count; j++)
            {
                var d = i + j - shift;
                // Blank cells are arrows; letters up to E reach two plans further.
                if (d < 0 || d >= numbers.Length || numbers[d] is not { } ac || (i >= 5 && d > limit) || (severity == InspectionSeverity.Tightened && i == 0 && j == 15))
                    continue;
                var (n, accepted, rejected) = AqlTables.OfLetter(AqlTables.Letters[i], AqlTables.Limits[j], severity);
                Assert.Equal((sizes[i], ac, ac + 1), (n, accepted, rejected));
            }
    }

    [Theory]
    [InlineData(2, "I", "A")]
    [InlineData(8, "III", "B")]
    [InlineData(150, "II", "F")]
    [InlineData(151, "II", "G")]
    [InlineData(500000, "II", "P")]
    [InlineData(500001, "II", "Q")]
    [InlineData(100000000, "III", "R")]
    public void Lot_sizes_fall_into_their_rows(long lot, string level, string letter) => Assert.Equal(letter, AqlTables.Letter(lot, level));

    /// <summary>At the AQL a plan accepts most lots, and tightened inspection never accepts more than normal.</summary>
    [Fact]
    public void Tightened_plans_are_no_easier_than_normal_ones()
    {
        foreach (var letter in AqlTables.Letters)
            foreach (var limit in AqlTables.Limits.Where(a => a <= 10))
            {
                var (n, ac, _) = AqlTables.OfLetter(letter, limit);
                var (m, tight, _) = AqlTables.OfLetter(letter, limit, InspectionSeverity.Tightened);
                double normal = AcceptanceProbability.Binomial(n, ac, limit / 100), tightened = AcceptanceProbability.Binomial(m, tight, limit / 100);
                Assert.InRange(normal, 0.8, 1);
                Assert.True(tightened <= normal + 1e-12, $"{letter} {limit}");
            }
    }

    [Fact]
    public void What_is_not_in_the_tables_is_refused_by_name()
    {
        Assert.Equal("lotSize", Assert.Throws<ArgumentOutOfRangeException>(() => AqlTables.Find(1, "II", 1)).ParamName);
        Assert.Equal("level", Assert.Throws<ArgumentOutOfRangeException>(() => AqlTables.Find(100, "IV", 1)).ParamName);
        Assert.Equal("acceptanceQualityLimit", Assert.Throws<ArgumentOutOfRangeException>(() => AqlTables.Find(100, "II", 1.2)).ParamName);
        Assert.Equal("acceptanceQualityLimit", Assert.Throws<ArgumentOutOfRangeException>(() => AqlTables.Find(100, "II", double.NaN)).ParamName);
    }

    [Fact]
    public void A_sample_as_large_as_the_lot_means_every_item()
    {
        var plan = AqlTables.Find(22, "I", 0.4);
        Assert.Equal((22, true), (plan.SampleSize, plan.HundredPercent));
    }
}
