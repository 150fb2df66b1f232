namespace Plumbline.Numerics.Tests.Published;

/// <summary>Cases of conformity, Type A evaluation, regression, sampling and meter errors. The files name their sources.</summary>
public class FiguresOfMeritTests
{
    [Theory]
    [InlineData("anova-balanced.json")]
    [InlineData("conformance-probability.json")]
    [InlineData("decision-rules-upper-limit.json")]
    [InlineData("grr-crossed-pooled.json")]
    [InlineData("gum-h3-line-fit.json")]
    [InlineData("gum-h5-anova-means.json")]
    [InlineData("interval-a3.json")]
    [InlineData("jcgm106-ball-bearing.json")]
    [InlineData("lod-din32645.json")]
    [InlineData("lod-rl95-toluene.json")]
    [InlineData("pearson-york-wtls.json")]
    [InlineData("precision-ep05-multisite.json")]
    [InlineData("risk-deaver-normal.json")]
    [InlineData("risk-tur-itp.json")]
    public void Every_expected_quantity_is_within_its_tolerance(string file) => CaseFolder.Holds("uncertainty", file);

    [Theory]
    [InlineData("sampling.json")]
    [InlineData("meter-error-unit.json")]
    public void Every_expected_quantity_of_a_fleet_is_within_its_tolerance(string file) => CaseFolder.Holds("fleet", file);

    /// <summary>Kinds without a file of their own, on figures of other cases.</summary>
    [Theory]
    [InlineData("""{"kind":"regression-merge","inputs":{"t":[21.521,22.012,22.512,23.003,23.507,23.999,24.513,25.002,25.503,26.010,26.511],"b":[-0.171,-0.169,-0.166,-0.159,-0.164,-0.165,-0.156,-0.157,-0.159,-0.161,-0.160],"t0":20,"systematic_u":0.01},"expected":{"intercept":[-0.17120379013135004,0.010405790],"slope":[0.0021826977398872894,0.0006679387732278323]},"tolerance":{"default":{"rel":1e-6}}}""")]
    [InlineData("""{"kind":"regression-dof","inputs":{"x":[1,2,3,4],"y":[1,2,3,4],"u_y":0.1,"dof_each":4,"predict_at":2.5},"expected":{"value":2.5,"variance":0.0025,"u_gtc":0.05,"dof":16,"dof_gtc":16}}""")]
    [InlineData("""{"kind":"autocorrelation","inputs":{"data":[1,2,1,2,1,2],"lags":3},"expected":{"rho":[1,-0.8333333333333334,0.6666666666666666]}}""")]
    [InlineData("""{"kind":"conformity-guardband","inputs":{"TUR":[2.5],"cases":[{"LL":-1,"UL":1,"u":0.1,"prob":0.95}]},"expected":{"factors":{"2.5":{"rss":0.9165151389911681,"dobbert":0.9141856345435068}},"results":[{"one_sided_k":1.6448536269514722,"AL":-0.8355146373048528,"AU":0.8355146373048528,"AU_exact_two_sided":0.8355146373048528}]},"tolerance":{"default":{"rel":1e-6}}}""")]
    [InlineData("""{"kind":"calibration-interval","inputs":{"dt":[70,86,104,135,167,173],"delta":[0.1,0.11,0.251,0.299,0.403,0.615],"order":2,"u0":0.28,"y0":10.03,"utarget":0.5,"limits":[9,11],"conf":0.9},"expected":{"published":{"interval_uncertainty_target":327.15}}}""")]
    public void A_kind_without_a_file_is_computed(string json)
    {
        var outcome = Assert.Single(ReferenceCases.Run(json, "case"));
        Assert.True(outcome.Status == CaseStatus.Computed, outcome.Message);
        Assert.All(outcome.Comparisons, c => Assert.True(c.Pass && c.Computed is not null, $"{c.Name}: expected {c.Expected}, computed {c.Computed}"));
    }
}
