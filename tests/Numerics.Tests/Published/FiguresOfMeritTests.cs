namespace Plumbline.Numerics.Tests.Published;

/// <summary>Cases of conformity, Type A evaluation, regression, sampling and meter errors. The files name their sources.</summary>
public class FiguresOfMeritTests
{
    [Theory]
    [InlineData("conformance-probability.json")]
    [InlineData("decision-rules-upper-limit.json")]
    [InlineData("interval-a3.json")]
    [InlineData("jcgm106-ball-bearing.json")]
    [InlineData("risk-deaver-normal.json")]
    [InlineData("risk-tur-itp.json")]
    public void Every_expected_quantity_is_within_its_tolerance(string file) => CaseFolder.Holds("uncertainty", file);

    [Theory]
    [InlineData("sampling.json")]
    [InlineData("meter-error-unit.json")]
    public void Every_expected_quantity_of_a_fleet_is_within_its_tolerance(string file) => CaseFolder.Holds("fleet", file);
}
