using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Charts;

public sealed class ScaleTests
{
    private static string Shown(Scale scale) => string.Join(' ', scale.Ticks.Select(tick => tick.Label.Replace(Numbers.ThinSpace, '\'')));

    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0", "")]
    [InlineData(-12.3, 17, 6, "−15 −10 −5 0 5 10 15 20", "")]
    [InlineData(9.99999, 10.00001, 5, "9.999'990 9.999'995 10.000'000 10.000'005 10.000'010", "")]
    [InlineData(-3e-7, 4e-7, 7, "−300 −200 −100 0 100 200 300 400", "×10⁻⁹")]
    [InlineData(0, 2.5e7, 5, "0 5 10 15 20 25", "×10⁶")]
    [InlineData(5, 5, 4, "4.5 5.0 5.5", "")]
    [InlineData(0, 0, 4, "−1.0 −0.5 0.0 0.5 1.0", "")]
    public void Ticks_are_round_and_labelled_exactly(double min, double max, int wanted, string labels, string factor)
    {
        var scale = Scale.Nice(min, max, 0, 100, wanted);
        Assert.Equal(labels, Shown(scale));
        Assert.Equal(factor, scale.Factor);
        Assert.True(scale.Min <= min && scale.Max >= max);
        Assert.Equal(0, scale.At(scale.Min), 9);
        Assert.Equal(100, scale.At(scale.Max), 9);
    }

    [Fact]
    public void Any_interval_gets_a_readable_number_of_ticks()
    {
        var random = new Random(20260301);
        for (var i = 0; i < 2000; i++)
        {
            var min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12));
            var scale = Scale.Nice(min, min + Math.Pow(10, random.Next(-9, 9)) * (0.1 + random.NextDouble()), 0, 400);
            Assert.InRange(scale.Ticks.Count, 4, 18);
            Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(tick => tick.Label).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-06", "2026-03-01 2026-03-02 2026-03-03 2026-03-04 2026-03-05 2026-03-06 2026-03-07")]
    [InlineData("2026-03-01", "2026-09-20", "2026-03 2026-04 2026-05 2026-06 2026-07 2026-08 2026-09")]
    [InlineData("2019-03-01", "2026-09-20", "2020 2021 2022 2023 2024 2025 2026")]
    public void Dates_are_ticked_by_days_months_or_years(string from, string to, string labels)
    {
        var scale = new DateScale(DateOnly.Parse(from).DayNumber, DateOnly.Parse(to).DayNumber, 0, 680);
        Assert.Equal(labels, string.Join(' ', scale.Ticks().Select(tick => tick.Label).SkipWhile(label => string.CompareOrdinal(label, labels[..4]) < 0 || label == "2026-02-28")));
    }

    [Fact]
    public void A_week_of_ticks_begins_on_Monday() =>
        Assert.All(new DateScale(DateOnly.Parse("2026-03-01").DayNumber, DateOnly.Parse("2026-04-10").DayNumber, 0, 680).Ticks(), tick => Assert.Equal(DayOfWeek.Monday, tick.Day.DayOfWeek));

    [Fact]
    public void A_single_loop_is_a_ring_and_several_are_petals_about_the_pilot()
    {
        static RouteLeg Leg(string from, string to) => new(from, to, LegProgress.Planned);
        var ring = new RouteLayout("P", [Leg("P", "A"), Leg("A", "B"), Leg("B", "P")], 760);
        Assert.Equal(["P", "A", "B"], ring.Places.Keys);
        Assert.All(ring.Places.Values, place => Assert.Equal(ring.Radius, Math.Sqrt(Math.Pow(place.X - ring.Centre.X, 2) + Math.Pow(place.Y - ring.Centre.Y, 2)), 6));

        var petals = new RouteLayout("P", [Leg("P", "A"), Leg("A", "P"), Leg("P", "B"), Leg("B", "C"), Leg("C", "P"), Leg("P", "A"), Leg("A", "P")], 760);
        Assert.Equal(petals.Centre, petals.Places["P"]);
        Assert.Equal(["P", "A", "B", "C"], petals.Places.Keys);
        Assert.Equal(4, petals.Places.Values.Distinct().Count());
    }

    [Fact]
    public void One_far_laboratory_does_not_flatten_the_others()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => Math.Sin(i)), 500];
        var (low, high) = Spread.Visible([.. values.Select(v => v - 1)], [.. values.Select(v => v + 1)], values);
        Assert.InRange(high, 1.9, 9);
        Assert.InRange(low, -9, -1.9);
        Assert.Equal((-2, 2), Spread.Visible([-2, -1], [1, 2], [-1, 1]));
    }

    [Fact]
    public void The_density_picture_has_unit_area()
    {
        double[] values = [1, 1.2, 0.9, 1.4, 3];
        var width = KernelDensity.Bandwidth(values);
        var curve = KernelDensity.Curve(values, width, -2, 6, 800);
        Assert.Equal(1, curve.Sum(point => point.Density) * 0.01, 4);
        Assert.Equal(0.9 * 0.2 / 1.349 * 1.0 / Math.Pow(5, 0.2), KernelDensity.Bandwidth([1, 1.1, 1.2, 1.3, 1.4]), 9);
    }
}
