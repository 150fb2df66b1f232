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
        Holds(archive, json);
    }

    private static void Holds(UncertaintyArchive archive, string json)
    {
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

    [Fact]
    public void An_archive_of_its_release_1_3_is_read()
    {
        // Written by hand in the layout of release 1.3: identities as pairs, Infinity and None as Python has them, one heading for all tags.
        const string json = """
            {"CLASS":"Archive",
             "leaf_nodes":{
              "(114317082271066049649074032690715406253, 1)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,1],"label":"None","u":0.5,"df":3.0,"independent":true},
              "(114317082271066049649074032690715406253, 2)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,2],"label":"v","u":1.0,"df":4.0,"independent":false,"correlation":{"(114317082271066049649074032690715406253, 2)":1.0,"(114317082271066049649074032690715406253, 3)":0.5},"ensemble":["(114317082271066049649074032690715406253, 2)","(114317082271066049649074032690715406253, 3)"]},
              "(114317082271066049649074032690715406253, 3)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,3],"label":"i","u":2.0,"df":4.0,"independent":false,"correlation":{"(114317082271066049649074032690715406253, 3)":1.0,"(114317082271066049649074032690715406253, 2)":0.5},"ensemble":["(114317082271066049649074032690715406253, 2)","(114317082271066049649074032690715406253, 3)"]},
              "(114317082271066049649074032690715406253, 4)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,4],"label":"None","u":0.1,"df":5.0,"independent":false,"complex":["(114317082271066049649074032690715406253, 4)","(114317082271066049649074032690715406253, 5)"],"correlation":{"(114317082271066049649074032690715406253, 4)":1.0,"(114317082271066049649074032690715406253, 5)":0.2},"ensemble":[]},
              "(114317082271066049649074032690715406253, 5)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,5],"label":"None","u":0.2,"df":5.0,"independent":false,"complex":["(114317082271066049649074032690715406253, 4)","(114317082271066049649074032690715406253, 5)"],"correlation":{"(114317082271066049649074032690715406253, 5)":1.0,"(114317082271066049649074032690715406253, 4)":0.2},"ensemble":[]},
              "(114317082271066049649074032690715406253, 6)":{"CLASS":"LeafNode","uid":[114317082271066049649074032690715406253,6],"label":"None","u":0.25,"df": Infinity,"independent":true}},
             "tagged":{
              "x":{"CLASS":"ElementaryReal","x":7.0,"uid":[114317082271066049649074032690715406253,1]},
              "b":{"CLASS":"ElementaryReal","x":4.0,"uid":[114317082271066049649074032690715406253,6]},
              "s":{"CLASS":"IntermediateReal","value":3.0,"label":"None","uid":[114317082271066049649074032690715406253,1],"u_components":{"CLASS":"Vector","index":[[114317082271066049649074032690715406253,1]],"value":[1.0]},"d_components":{"CLASS":"Vector","index":[[114317082271066049649074032690715406253,2],[114317082271066049649074032690715406253,3]],"value":[1.0,2.0]},"i_components":{"CLASS":"Vector","index":[[114317082271066049649074032690715406253,1]],"value":[2.8]}},
              "z":{"CLASS":"Complex","n_re":"z_re","n_im":"z_im","label":null}},
             "tagged_reals":{
              "x":{"CLASS":"ElementaryReal","x":7.0,"uid":[114317082271066049649074032690715406253,1]},
              "z_re":{"CLASS":"ElementaryReal","x":1.0,"uid":[114317082271066049649074032690715406253,4]},"z_im":{"CLASS":"ElementaryReal","x":-1.0,"uid":[114317082271066049649074032690715406253,5]}},
             "intermediate_uids":{"(114317082271066049649074032690715406253, 1)":[null,2.8]}}
            """;
        var archive = UncertaintyArchive.Read(json);
        Holds(archive, json);
        Assert.Equal((4, 0.25, double.PositiveInfinity), (archive.Numbers["b"].Value, archive.Numbers["b"].StandardUncertainty, archive.Numbers["b"].DegreesOfFreedom.Value));
        Assert.Null(archive.Numbers["x"].Label);
    }

    [Fact]
    public void Its_xml_is_the_same_archive()
    {
        // Written by hand in the layout of measurement.govt.nz/gtc/xml, version 1.5.0.
        const string xml = """
            <?xml version='1.0' encoding='UTF-8'?>
            <gtcArchive version="1.5.0" xmlns="https://measurement.govt.nz/gtc/xml">
              <leafNodes>
                <leafNode uid="(17, 1)"><u>0.5</u><df>3.0</df><label>x</label><independent>true</independent></leafNode>
                <leafNode uid="(17, 2)"><u>1.0</u><df>4.0</df><label>v</label><independent>false</independent><correlations><correlation uid="(17, 2)">1.0</correlation><correlation uid="(17, 3)">0.5</correlation></correlations><ensemble><node uid="(17, 2)"/><node uid="(17, 3)"/></ensemble></leafNode>
                <leafNode uid="(17, 3)"><u>2.0</u><df>4.0</df><label>i</label><independent>false</independent><correlations><correlation uid="(17, 3)">1.0</correlation><correlation uid="(17, 2)">0.5</correlation></correlations><ensemble><node uid="(17, 2)"/><node uid="(17, 3)"/></ensemble></leafNode>
                <leafNode uid="(17, 4)"><u>0.1</u><df>5.0</df><label/><independent>false</independent><complex><real uid="(17, 4)"/><imag uid="(17, 5)"/></complex><correlations><correlation uid="(17, 4)">1.0</correlation><correlation uid="(17, 5)">0.2</correlation></correlations><ensemble/></leafNode>
                <leafNode uid="(17, 5)"><u>0.2</u><df>5.0</df><label/><independent>false</independent><complex><real uid="(17, 4)"/><imag uid="(17, 5)"/></complex><correlations><correlation uid="(17, 5)">1.0</correlation><correlation uid="(17, 4)">0.2</correlation></correlations><ensemble/></leafNode>
                <leafNode uid="(17, 6)"><u>0.25</u><df>INF</df><label/><independent>true</independent></leafNode>
              </leafNodes>
              <taggedReals>
                <elementaryReal tag="x" uid="(17, 1)"><value>7.0</value></elementaryReal>
                <elementaryReal tag="b" uid="(17, 6)"><value>4.0</value></elementaryReal>
                <intermediateReal tag="s" uid="(17, 1, 0)"><value>3.0</value><label/><uComponents><component uid="(17, 1)">1.0</component></uComponents><dComponents><component uid="(17, 2)">1.0</component><component uid="(17, 3)">2.0</component></dComponents><iComponents/></intermediateReal>
              </taggedReals>
              <untaggedReals>
                <elementaryReal tag="z_re" uid="(17, 4)"><value>1.0</value></elementaryReal>
                <elementaryReal tag="z_im" uid="(17, 5)"><value>-1.0</value></elementaryReal>
              </untaggedReals>
              <taggedComplexes><complex tag="z"><label/></complex></taggedComplexes>
              <intermediates/>
            </gtcArchive>
            """;
        var archive = UncertaintyArchive.Read(xml);
        Holds(archive, xml);
        Assert.Equal(double.PositiveInfinity, archive.Numbers["b"].DegreesOfFreedom.Value);
        // The identity is that of the JSON archive of the same numbers.
        var json = UncertaintyArchive.Read("""{"CLASS":"Archive","version":"https://measurement.govt.nz/gtc/json_1.5.0","leaf_nodes":{"(17, 6)":{"CLASS":"LeafNode","uid":"(17, 6)","label":null,"u":0.25,"df":null,"independent":true}},"tagged_real":{"b":{"CLASS":"ElementaryReal","x":4.0,"uid":"(17, 6)"}}}""");
        Assert.Equal(0, (json.Numbers["b"] - archive.Numbers["b"]).StandardUncertainty);
    }

    [Theory]
    [InlineData("<a/>", "gtcArchive")]
    [InlineData("<gtcArchive", "cannot be read")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><gtcArchive/>", "cannot be read")]
    [InlineData("<gtcArchive><leafNodes><leafNode uid='(1, 1)'><u>much</u><df>INF</df></leafNode></leafNodes></gtcArchive>", "'much' in u")]
    [InlineData("<gtcArchive><leafNodes><leafNode><u>1</u></leafNode></leafNodes></gtcArchive>", "no uid")]
    public void Xml_that_is_no_archive_says_why(string xml, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => UncertaintyArchive.Read(xml)).Message, StringComparison.Ordinal);
}
