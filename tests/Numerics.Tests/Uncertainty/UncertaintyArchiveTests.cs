namespace Plumbline.Numerics.Tests.Uncertainty;

public class UncertaintyArchiveTests
{
    [Fact]
    public void Numbers_read_back_are_the_same_quantities()
    {
        var pair = CorrelatedInputs.FromObservations([[1.1, 1.3, 1.2], [5, 4.7, 5.1]], ["p", "q"]);
        UncertainNumber x = UncertainNumber.Of(2, 0.1, 9, "x"), y = x * pair[0] + pair[1], z = x - pair[1];
        var archive = new UncertaintyArchive();
        archive.Add("x", x);
        archive.Add("y", y);
        archive.Add("z", z);
        archive.Add("S", UncertainComplex.Of(1, -2, new[,] { { 0.01, 0.001 }, { 0.001, 0.02 } }, 8, "S"));
        var json = archive.ToJson();
        var read = UncertaintyArchive.Read(json);
        Assert.Equal(["x", "y", "z"], read.Numbers.Keys);
        foreach (var (name, number) in archive.Numbers)
        {
            Assert.Equal(number.Value, read.Numbers[name].Value);
            Assert.Equal(number.StandardUncertainty, read.Numbers[name].StandardUncertainty, 1e-16);
            Assert.Equal(number.DegreesOfFreedom.Value!.Value, read.Numbers[name].DegreesOfFreedom.Value!.Value, 1e-12);
        }
        Assert.Equal(UncertainNumber.Covariance(y, z), UncertainNumber.Covariance(read.Numbers["y"], read.Numbers["z"]), 1e-16);
        Assert.Equal(8, read.ComplexNumbers["S"].DegreesOfFreedom.Value!.Value, 1e-12);
        Assert.Equal("p", read.Numbers["y"].Derivatives.Elementaries.Single(e => e.Label == "p").Label);
        // Read twice, they are still one quantity each; and so once more through a second archive.
        var again = UncertaintyArchive.Read(read.ToJson() is var second ? second : json);
        Assert.Equal(0, (read.Numbers["y"] - again.Numbers["y"]).StandardUncertainty, 1e-15);
        Assert.Equal(UncertainNumber.Covariance(y, z), UncertainNumber.Covariance(read.Numbers["y"], again.Numbers["z"]), 1e-15);
        Assert.Equal(UncertainNumber.Correlation(pair[0], pair[1]), UncertainNumber.Correlation(
            UncertainNumber.Of(read.Numbers["y"].Derivatives.Elementaries.Single(e => e.Label == "p")), UncertainNumber.Of(again.Numbers["z"].Derivatives.Elementaries.Single(e => e.Label == "q"))), 1e-14);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "JSON object")]
    [InlineData("{}", "Neither")]
    [InlineData("""{"format":"plumbline-uncertain-numbers","version":3}""", "version 3")]
    [InlineData("""{"format":"plumbline-uncertain-numbers","version":1,"inputs":[{"id":"7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0001","value":1,"u":-1,"dof":null}],"groups":[],"numbers":{},"complex":{}}""", "u ≥ 0")]
    [InlineData("""{"format":"plumbline-uncertain-numbers","version":1,"inputs":[],"groups":[],"numbers":{"y":{"input":"7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0001"}},"complex":{}}""", "not in the archive")]
    public void A_text_that_is_no_archive_says_why(string json, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => UncertaintyArchive.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_archive_of_the_gum_tree_calculator_is_read()
    {
        // Written by hand in the layout of schema 1.5.0.
        const string json = """
            {"CLASS":"Archive","version":"https://measurement.govt.nz/gtc/json_1.5.0",
             "leaf_nodes":{
              "(17, 1)":{"CLASS":"LeafNode","uid":"(17, 1)","label":"x","u":0.5,"df":3.0,"independent":true},
              "(17, 2)":{"CLASS":"LeafNode","uid":"(17, 2)","label":"v","u":1.0,"df":4.0,"independent":false,"correlation":{"(17, 2)":1.0,"(17, 3)":0.5},"ensemble":["(17, 2)","(17, 3)"]},
              "(17, 3)":{"CLASS":"LeafNode","uid":"(17, 3)","label":"i","u":2.0,"df":4.0,"independent":false,"correlation":{"(17, 3)":1.0,"(17, 2)":0.5},"ensemble":["(17, 2)","(17, 3)"]},
              "(17, 4)":{"CLASS":"LeafNode","uid":"(17, 4)","label":null,"u":0.1,"df":5.0,"independent":false,"complex":["(17, 4)","(17, 5)"],"correlation":{"(17, 4)":1.0,"(17, 5)":0.2},"ensemble":[]},
              "(17, 5)":{"CLASS":"LeafNode","uid":"(17, 5)","label":null,"u":0.2,"df":5.0,"independent":false,"complex":["(17, 4)","(17, 5)"],"correlation":{"(17, 5)":1.0,"(17, 4)":0.2},"ensemble":[]}},
             "tagged_real":{
              "x":{"CLASS":"ElementaryReal","x":7.0,"uid":"(17, 1)"},
              "s":{"CLASS":"IntermediateReal","value":3.0,"label":null,"uid":"(17, 1, 0)","u_components":{"CLASS":"Vector","index":["(17, 1)"],"value":[1.0]},"d_components":{"CLASS":"Vector","index":["(17, 2)","(17, 3)"],"value":[1.0,2.0]},"i_components":{"CLASS":"Vector","index":[],"value":[]}}},
             "tagged_complex":{"z":{"CLASS":"Complex","n_re":"z_re","n_im":"z_im","label":null}},
             "untagged_real":{"z_re":{"CLASS":"ElementaryReal","x":1.0,"uid":"(17, 4)"},"z_im":{"CLASS":"ElementaryReal","x":-1.0,"uid":"(17, 5)"}},
             "intermediate_uids":{}}
            """;
        var archive = UncertaintyArchive.Read(json);
        UncertainNumber x = archive.Numbers["x"], s = archive.Numbers["s"];
        Assert.Equal((7, 0.5, 3), (x.Value, x.StandardUncertainty, x.DegreesOfFreedom.Value));
        Assert.Equal(2, s.SensitivityTo(x));
        // u² = 1² + (1 + 4 + 2·½·1·2); the ensemble counts once.
        Assert.Equal(Math.Sqrt(8), s.StandardUncertainty, 1e-14);
        Assert.Equal(64 / (1.0 / 3 + 49.0 / 4), s.DegreesOfFreedom.Value!.Value, 1e-12);
        Assert.Equal(0.2, archive.ComplexNumbers["z"].Correlation, 1e-15);
        Assert.Equal(5, archive.ComplexNumbers["z"].DegreesOfFreedom.Value!.Value, 1e-12);
        Assert.Equal(0, (s - UncertaintyArchive.Read(json).Numbers["s"]).StandardUncertainty);
    }
}
