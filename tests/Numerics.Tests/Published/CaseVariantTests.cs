namespace Plumbline.Numerics.Tests.Published;

/// <summary>Cases of the kinds and shapes that no file holds, each in several spellings. Expected figures by 25-digit arithmetic or R 4.2.2 outside this library; QUAM A3 and A5 and the complex sum are printed in the sources named.</summary>
public class CaseVariantTests
{
    private static void Holds(string kind, string inputs, string expected, double relative = 1e-9)
    {
        var json = $$"""{"kind":"{{kind}}","inputs":{{inputs}},"expected":{{expected}},"tolerance":{"default":{"rel":{{relative.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}}, "abs": 1e-13} } }""";
        var outcome = Assert.Single(ReferenceCases.Run(json, "case"));
        Assert.True(outcome.Status == CaseStatus.Computed, $"{kind}: {outcome.Message}");
        Assert.NotEmpty(outcome.Comparisons);
        Assert.All(outcome.Comparisons, c => Assert.True(c.Pass, $"{kind} {c.Name}: expected {c.Expected}, computed {c.Computed}, allowed {c.Tolerance}"));
    }

    private const string Cadmium = """
        "x":[0.1,0.1,0.1,0.3,0.3,0.3,0.5,0.5,0.5,0.7,0.7,0.7,0.9,0.9,0.9],
        "y":[0.028,0.029,0.029,0.084,0.083,0.081,0.135,0.131,0.133,0.180,0.181,0.183,0.215,0.230,0.216]
        """;

    private const string Leachate = """
        "quantities":{"v_fill":{"value":0.995,"dist":"triangular","half_width":0.005},"v_temp":{"value":0,"dist":"uniform","half_width":0.13944},"v_read":{"value":1,"dist":"triangular","half_width":0.01},
        "v_cal":{"value":0,"dist":"triangular","half_width":2.5},"dia":[2.7,0.01],"a_shape":[1,0.025510204081632654],"f_temp":{"value":1,"dist":"uniform","half_width":0.1},"f_time":{"value":1,"dist":"uniform","half_width":0.0015},
        "f_acid":[1,0.0008]}
        """;

    /// <summary>QUAM, example A5, with the model written in several ways.</summary>
    [Theory]
    [InlineData("VL = (332*v_fill*v_read + v_temp + v_cal)/1000; aV = pi*(dia/2)**2*a_shape; r = c0*VL/aV*f_acid*f_time*f_temp")]
    [InlineData("r = c0*VL/aV*f_acid*f_time*f_temp, VL = (332*v_fill*v_read + v_temp + v_cal)/1000, aV = math.pi*(dia/2)^2*a_shape")]
    [InlineData("r = c0*VL/aV*f_acid*f_time*f_temp where VL = (332*v_fill*v_read + v_temp + v_cal)/1000 and aV = pi*dia^2/4*a_shape")]
    [InlineData("c0 = (mean(new_y) - intercept)/slope\\nVL = (332*v_fill*v_read + v_temp + v_cal)/1000\\naV = pi*(dia/2)^2*a_shape\\nc0*VL/aV*f_acid*f_time*f_temp")]
    public void A_concentration_off_a_line_enters_a_model(string model) => Holds("gum-with-calibration",
        $$"""{"model":"{{model}}","new_y":[0.0712,0.0716],{{Cadmium}},{{Leachate}} }""",
        """{"intercept":[0.0087,0.002876696823682436],"slope":[0.241,0.005007686399618398],"r":-0.8703882797784892,"c0":[0.26016597510373444,0.0178446111255831],"VL":[0.33034,0.00182377532366243],"aV":[5.725552611167398,0.1520929438091826],"r_result":[0.01501046869225160,0.001406132503282545]}""");

    [Fact]
    public void The_concentration_has_the_name_that_the_model_gives_it() => Holds("gum-with-calibration",
        $$"""{"model":"V*conc*f","new_y":0.15,{{Cadmium}},"quantities":{"f":[1.02,0.01],"V":[25,0.2]} }""",
        """{"conc":[0.5863070539419088,0.02357681212864701],"r_result":[14.950829875518672,0.6302716936389175]}""");

    private const string Counts = """
        "Cx":[41432,38706,35860,32238,29640,26356],"CS":[15380,14978,14394,13254,12516,11058],"CB":[4054,3922,4200,3830,3956,3980],
        "tx":[305.56,367.37,428.07,489.08,550.31,611.47],"tS":[243.74,305.93,366.60,428.02,489.33,550.22],"tB":[182.56,244.85,305.56,366.80,427.93,489.10],"T0":60,"lambda":1.25894e-4,
        "As":[0.1368,0.0018],"ms":[5.0192,0.005],"mx":[5.0571,0.0010]
        """;

    /// <summary>The evaluation of JCGM 100, H.4, on counts of our own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(""" "model":"Ax = As*ms/mx*Rx/Rs",""")]
    [InlineData(""" "model":"the activity concentration of radon in water, as in the guide",""")]
    [InlineData(""" "model":"Rx = (Cx - CB)/T0*exp(lambda*tx); Rs = (CS - CB)/T0*exp(lambda*tS); R = Rx/Rs; Ax = As*(ms/mx)*R",""")]
    [InlineData(""" "model":"Ax = As*ms/mx*R where R = Rx/Rs, Rx = mean((Cx - CB)*exp(lambda*tx))/T0, Rs = mean((CS - CB)*exp(lambda*tS))/T0",""")]
    public void Counts_in_cycles_share_their_blank(string model) => Holds("gum-correlated", $"{{{model}{Counts}}}",
        """{"Rx":[529.4238371440752,37.60251344908913],"Rs":[167.99968093778905,10.58131047799935],"R":[3.151338348911049,0.04778428577071201],"Ax":[0.42787222121549374,0.008601013363887916],"r":0.981528845816088,"rel_u_Ax":0.02010182698810002}""");

    [Fact]
    public void Columns_of_other_names_are_averaged_together() => Holds("gum-correlated",
        """{"model":"p = mean(a - b); q = mean(a + b); s = p/q*k","a":[4,5,6,7,8],"b":[1,1,2,2,3],"k":[2,0.1]}""",
        // p = a − b: 3 4 4 5 5; q = a + b: 5 6 8 9 11.
        $$"""{"p":[4.2,{{Math.Sqrt(2.8 / 20):R}}],"q":[7.8,{{Math.Sqrt(22.8 / 20):R}}],"r_pq":{{7.2 / Math.Sqrt(2.8 * 22.8):R}},"s":[{{8.4 / 7.8:R}},{{8.4 / 7.8 * Math.Sqrt(0.14 / 17.64 + 1.14 / 60.84 - 2 * 0.36 / (4.2 * 7.8) + 0.0025):R}}]}""".Replace('−', '-'));

    [Theory]
    [InlineData(""" "model":{"R":"V/I*cos(phi)","X":"V/I*sin(phi)","Z":"V/I"} """)]
    [InlineData(""" "model":"Z = V/I; R = Z*cos(phi); X = Z*sin(phi)" """)]
    public void Declared_correlations_give_those_of_the_results(string model) => Holds("gum-correlated",
        $$"""{ {{model}},"quantities":{"V":{"value":4.999,"u":0.0032,"dof":5},"I":{"value":0.019661,"u":9.5e-6,"dof":5},"phi":{"value":1.04446,"u":0.00075,"dof":5} },"correlation":{"V,I":-0.36,"V,phi":0.86,"I,phi":-0.65} }""",
        // As GTC's own tests have it; common degrees of freedom stay what they are.
        """{"R":{"value":127.732169928102,"u":0.0699787279884,"dof":5},"X":{"value":219.846511912639,"u":0.295716826846,"dof":5},"Z":{"value":254.259701948019,"u":0.236602971835,"dof":5},"r_RX":-0.591484610819,"r_XZ":0.992797472722,"r_RZ":-0.490623905441}""", 1e-10);

    [Fact]
    public void A_formula_without_a_name_is_what_is_asked_for() => Holds("gum-correlated",
        """{"model":"a*b","quantities":{"a":[2,0.1],"b":[3,0.2]},"correlation":{"a,b":0.5}}""",
        $$"""{"product":[6,{{Math.Sqrt(0.09 + 0.16 + 0.12):R}}],"sensitivity_product":{"a":3,"b":2},"value":6,"dof":null,"r":0.5}""");

    /// <summary>R. Willink and B. D. Hall, Metrologia 39 (2002) 365: 11.34.</summary>
    [Theory]
    [InlineData("""{"model":"x1 + x2 + x3","x1":{"value":1,"cov":[0.96,-0.34,-0.34,0.27],"dof":5},"x2":{"value":1,"cov":[0.51,0.33,0.33,0.31],"dof":3},"x3":{"value":1,"cov":[0.45,0.28,0.28,1.65],"dof":6}}""")]
    [InlineData("""{"model":"x1 + x2 + x3 + x4","x1":{"value":[1,0],"cov":[[0.96,-0.34],[-0.34,0.27]],"dof":5},"x2":{"value":[1,0],"cov":[0.51,0.33,0.31],"dof":3},"x3":{"value":[1,0],"cov":[0.45,0.28,0.28,1.65],"dof":6},"x4":0.0}""")]
    [InlineData("""{"model":"y = b*a + c - 1*d","a":{"value":[1,0],"cov":[0.96,-0.34,-0.34,0.27],"dof":5},"b":1,"c":{"value":[2,0],"cov":[0.51,0.33,0.33,0.31],"dof":3},"d":{"value":[0,0],"cov":[0.45,0.28,0.28,1.65],"dof":6}}""")]
    public void Degrees_of_freedom_of_a_complex_sum(string inputs) => Holds("complex-dof", inputs, """{"cov":[1.92,0.27,0.27,2.23],"dof":11.34097779049141,"k2_95":2.983639215076519,"published_dof":11.34}""");

    [Fact]
    public void Complex_inputs_known_without_doubt() => Holds("complex-dof", """{"model":"x1*x2","x1":{"value":[0,2],"cov":[0.01,0,0,0.01],"dof":"inf"},"x2":{"value":[1,0],"cov":0.04,"dof":null}}""",
        $$"""{"cov":[0.17,0,0,0.17],"dof":"inf","k2_95":{{Math.Sqrt(-2 * Math.Log(0.05)):R}} }""");

    [Theory]
    [InlineData("rss", "test95", "rp10", "dobbert", "mincost", "minimax")]
    [InlineData("RSS", "test", "RP-10", "Dobbert", "min_cost", "Minimax")]
    [InlineData("root_sum_square", "U95", "NCSLI RP-10", "method 6", "minimum cost", "minimax")]
    public void Guard_band_factors_by_whatever_name(string rss, string test, string rp10, string dobbert, string cost, string minimax) => Holds("conformity-guardband",
        """{"TUR":[1.5,3],"note":"factors multiply the tolerance"}""",
        $$$"""{"factors":{"1.5":{"{{{rss}}}":0.7453559924999299,"{{{test}}}":0.3333333333333333,"{{{rp10}}}":0.5833333333333333,"{{{dobbert}}}":0.7598817960047097,"{{{cost}}}":0.8952057672364294,"{{{minimax}}}":0.5549407546270211},"3.0":{"{{{rss}}}":0.9428090415820634,"{{{test}}}":0.6666666666666667,"{{{rp10}}}":0.9166666666666667,"{{{dobbert}}}":0.948227241996896,"{{{cost}}}":0.8726056890640559,"{{{minimax}}}":0.7774703773135106}},"note":"factors multiply the tolerance"}""");

    [Fact]
    public void The_factor_for_the_risk_of_four_to_one_has_that_risk()
    {
        var f = GuardBand.Factors(2.5, 0.8).AsFourToOne!.Value;
        var limits = ToleranceLimits.Between(-1, 1);
        double Risk(double ratio, double factor) => GlobalRisk.Of(ProcessDistribution.InTolerance(limits, 0.8), GlobalRisk.UncertaintyOf(limits, ratio), limits, ToleranceLimits.Permitted(factor)).FalseAcceptance;
        Assert.Equal(Risk(4, 1), Risk(2.5, f), 1e-9);
        Holds("conformity-guardband", """{"TUR":[2.5],"itp":0.8}""", $$$"""{"factors":{"2.5":{"4:1":{{{f:R}}},"four_to_1":{{{f:R}}}}} }""");
    }

    [Theory]
    [InlineData("""{"model":"y ~ day/run","day":["1","1","1","1","2","2","2","2","3","3","3","3","4","4","4","4"],"run":["1","1","2","2","1","1","2","2","1","1","2","2","1","1","2","2"],"y":[244,246,245,246,241,242,245,246,243,242,238,238,247,239,241,240]}""")]
    [InlineData("""{"model":"y~(day)/run","day":[1,1,1,1,2,2,2,2,3,3,3,3,4,4,4,4],"run":["a","a","b","b","c","c","d","d","a","a","b","b","x","x","y","y"],"y":[244,246,245,246,241,242,245,246,243,242,238,238,247,239,241,240]}""")]
    public void Intervals_of_nested_components(string inputs) => Holds("nested-anova", inputs, """
        {"aov":[{"DF":9.52883208351,"SS":null,"MS":null,"VC":9.63541666667,"_row":"total"},{"DF":3,"SS":56.1875,"MS":18.7291666667,"VC":2.01041666667,"_row":"day"},{"DF":4,"SS":42.75,"MS":10.6875,"VC":3.0625,"_row":"day:run"},{"DF":8,"SS":36.5,"MS":4.5625,"VC":4.5625,"_row":"error"}],
        "ci_vc":[{"Name":"total","LCL":4.63749521712,"UCL":30.7434145964,"_row":"total"},{"Name":"day","LCL":0,"UCL":10.3685454869,"_row":"day"},{"Name":"day:run","LCL":0,"UCL":10.7984898694,"_row":"day:run"},{"Name":"error","LCL":2.08160506178,"UCL":16.7451874714,"_row":"error"}],
        "ci_sd":[{"Name":"total","LCL":2.15348443628,"UCL":5.54467443105,"_row":"total"},{"Name":"day","LCL":0,"UCL":3.22002259113,"_row":"day"},{"Name":"day:run","LCL":0,"UCL":3.28610557792,"_row":"day:run"},{"Name":"error","LCL":1.44277685793,"UCL":4.09208839976,"_row":"error"}]}
        """, 1e-9);

    [Fact]
    public void One_factor_is_nested_in_nothing() => Holds("nested-anova", """{"model":"y ~ lot","lot":["A","A","A","B","B","B","C","C","C"],"y":[5.1,5.3,4.9,5.6,5.8,5.7,4.4,4.6,4.5]}""",
        """{"ci_vc":[{"Name":"total","LCL":0.10438140575,"UCL":11.8368867339,"_row":"total"},{"Name":"lot","LCL":0,"UCL":1.05896069509,"_row":"lot"},{"Name":"error","LCL":0.00830485728373,"UCL":0.0969819033047,"_row":"error"}]}""");

    [Fact]
    public void A_negative_component_is_zero_and_has_no_interval() => Holds("nested-anova", """{"model":"y ~ lot","lot":["A","A","B","B","C","C"],"y":[1,5,2,4,3,3.5]}""",
        """{"aov":[{"VC":3.375,"_row":"total"},{"VC":0,"_row":"lot"},{"VC":3.375,"_row":"error"}],"ci_sd":[{"Name":"total"},{"Name":"lot","LCL":null,"UCL":null},{"Name":"error"}]}""");

    [Theory]
    // ŷ(3) of four points: weights −0.05, 0.15, 0.35, 0.55.
    [InlineData("""{"x":[1,2,3,4],"y":[1,3,2,5],"u_y":0.2,"dof_each":3,"predict_at":3.5}""", 0.04, 3)]
    [InlineData("""{"x":[1,2,3,4],"y":[1,3,2,5],"u_y":[0.2,0.2,0.2,0.2],"dof_each":[3,3,3,3],"predict_at":3.5}""", 0.04, 3)]
    public void A_line_through_uncertain_points(string inputs, double variance, double each)
    {
        double[] c = [-0.05, 0.15, 0.35, 0.55];
        double sum = c.Sum(v => v * v), fourth = c.Sum(v => v * v * v * v);
        Holds("regression-dof", inputs, FormattableString.Invariant($$"""{"value":{{c[0] * 1 + c[1] * 3 + c[2] * 2 + c[3] * 5:R}},"variance":{{sum * variance:R}},"u_gtc":{{Math.Sqrt(sum * variance):R}},"dof":{{sum * sum / (fourth / each):R}},"dof_gtc":{{sum * sum / (fourth / each):R}} }"""));
    }

    [Theory]
    [InlineData("""{"x":[1,2,3],"y":[1,2,3.3],"u_y":0.1,"dof_each":null,"predict_at":2}""", "null")]
    [InlineData("""{"x":[1,2,3],"y":[1,2,3.3],"u_y":0.1,"dof_each":"inf","predict_at":2}""", "\"inf\"")]
    public void Points_known_without_doubt(string inputs, string infinite) => Holds("regression-dof", inputs, $$"""{"value":2.1,"variance":{{0.01 / 3:R}},"dof":{{infinite}} }""");

    [Theory]
    [InlineData("""{"t":[1,2,3,4],"b":[1,3,2,5],"t0":2.5,"systematic_u":0.3}""", 2.75)]
    [InlineData("""{"x":[1,2,3,4],"y":[1,3,2,5],"systematic_u":0.3}""", 0.0)]
    public void A_common_error_moves_the_intercept_alone(string inputs, double intercept)
    {
        // Slope 1.1, residual variance 2.7/2, S_xx = 5.
        var origin = intercept == 0 ? 2.5 : 0;
        Holds("regression-merge", inputs, FormattableString.Invariant($$"""{"slope":[1.1,{{Math.Sqrt(1.35 / 5):R}}],"intercept":[{{intercept:R}},{{Math.Sqrt(1.35 * (0.25 + origin * origin / 5) + 0.09):R}}]}"""));
    }

    [Theory]
    [InlineData("mul2(a, b)")]
    [InlineData("a*b")]
    [InlineData("y = mul2((a), b)")]
    public void A_product_to_second_order(string model)
    {
        Holds("gum-second-order", $$"""{"model":"{{model}}","order":2,"a":[1,3],"b":[1.5,2]}""", """{"value":1.5,"u_first_order":4.924428900898052,"u_second_order":7.762087348130012,"u_zero_product_terms_only":4.924428900898052}""");
        Holds("gum-second-order", $$"""{"model":"{{model}}","order":2,"a":[0,2],"b":[0,6]}""", """{"value":0,"u_first_order":0,"u_second_order":12,"u_zero_product_terms_only":12}""");
        Holds("gum-second-order", $$"""{"model":"{{model}}","order":2,"a":[0,2,5],"b":[3,6,7]}""", $$"""{"value":0,"u_first_order":6,"u_second_order":{{Math.Sqrt(180):R}},"u_zero_product_terms_only":{{Math.Sqrt(180):R}},"dof_first_order":5}""");
    }

    [Fact]
    public void Only_the_products_that_vanish_are_taken_to_second_order() => Holds("gum-second-order",
        """{"model":"p*q + mul2(s, t)","quantities":{"p":[2,0.5],"q":[3,0.4],"s":[0,0.2],"t":[0,0.3]}}""",
        $$"""{"u_first_order":{{Math.Sqrt(2.25 + 0.64):R}},"u_second_order":{{Math.Sqrt(2.25 + 0.64 + 0.04 + 0.0036):R}},"u_zero_product_terms_only":{{Math.Sqrt(2.25 + 0.64 + 0.0036):R}} }""");

    /// <summary>QUAM, example A3, its budget asked for in full names.</summary>
    [Fact]
    public void A_contribution_may_be_asked_for_by_its_full_name() => Holds("gum-linear", """
        {"model":"m = 0.3888 + lin_gross - lin_tare; V1 = 18.64 + V1c + V1t; V2 = 14.89 + V2c + V2t; VH = 15 + Hc + Ht; R*1000*m*P*V2/(M*V1*VH)",
        "quantities":{"R":[1,0.001],"P":{"value":1,"dist":"uniform","half_width":0.0005},"M":[204.2212,0],"lin_gross":{"value":0,"dist":"uniform","half_width":0.00015},"lin_tare":{"value":0,"dist":"uniform","half_width":0.00015},
        "V1c":{"value":0,"dist":"triangular","half_width":0.03},"V1t":{"value":0,"dist":"uniform","half_width":0.01596},"V2c":{"value":0,"dist":"triangular","half_width":0.03},"V2t":{"value":0,"dist":"uniform","half_width":0.0126},
        "Hc":{"value":0,"dist":"triangular","half_width":0.02},"Ht":{"value":0,"dist":"uniform","half_width":0.0126}}}
        """, """
        {"base":[0.10138716120227424,0.00018432926611924127],"u_V1":0.015326682615626816,"components_base":{"R":0.00010138716120227424,"P_KHP":2.926795240625251e-5,"lin_gross":2.258329660976274e-5,"u_lin_tare":2.258329660976274e-5,
        "V_T2_cal":8.339382518968278e-5,"V_T2_temp":4.953340501259659e-5,"V_T1_cal":6.661663396321764e-5,"V_T1_temp":5.011979832658691e-5,"V_HCl_cal":5.518818031441675e-5,"V_HCl_temp":4.917016004250421e-5}}
        """, 1e-6);

    /// <summary>QUAM, example A3: an excess volume of 0.05 mL with u = 0.03 mL in both titrations gives 0.10132(31) mol/L.</summary>
    [Theory]
    [InlineData("V1 = V1 - ureal(0.05, 0.03); V2 = V2 - ureal(0.05, 0.03)", 0.10131848438697921)]
    [InlineData("V1 = 18.64 - 0.05 ± 0.03; V2 = V2 - 0.05 ± 0.03", 0.10131848438697921)]
    [InlineData("the indicator changes late", double.NaN)]
    public void A_variant_replaces_definitions(string variant, double value)
    {
        var json = $$"""{"kind":"gum-linear","inputs":{"model":"V1 = 18.64 + a; V2 = 14.89 + b; k*V2/V1","variant":"{{variant}}","quantities":{"k":[{{0.10138716120227424 * 18.64 / 14.89:R}},0],"a":[0,0],"b":[0,0]} },"expected":{"bias":[0,0]} }""";
        var computed = Assert.Single(ReferenceCases.Run(json, "case")).Computed!["bias"];
        Assert.Equal(double.IsNaN(value), computed is null);
        if (computed is null)
            return;
        Assert.Equal(value, (double)computed[0]!, 1e-14);
        Assert.Equal(value * Math.Sqrt(Math.Pow(0.03 / 18.59, 2) + Math.Pow(0.03 / 14.84, 2)), (double)computed[1]!, 1e-9);
    }

    /// <summary>μ₀ε₀c² is 1 without doubt; the two uncertainties are listed with two digits, and would give 2·10⁻¹⁰ as independent ones.</summary>
    [Fact]
    public void Constants_of_physics_are_correlated_in_a_case()
    {
        var computed = Assert.Single(ReferenceCases.Run("""{"kind":"gum-linear","inputs":{"model":"const.mu_0*const.eps_0*const.c^2*k","quantities":{"k":[1,0]}}}""", "case")).Computed!;
        Assert.InRange((double)computed["u"]!, 0, 5e-12);
    }

    [Fact]
    public void Other_percentages_and_intermediate_results_are_computed_as_asked() => Holds("gum-linear",
        """{"model":"s = a + b; y = s*c","quantities":{"a":[1,0.3,4],"b":[2,0.4,6],"c":[2,0]}}""",
        $$"""{"value":6,"u":1,"u_s":0.5,"dof_s":{{0.0625 / (0.0081 / 4 + 0.0256 / 6):R}},"k90_at_dof":{{StudentT.UpperQuantile(0.05, 0.0625 / (0.0081 / 4 + 0.0256 / 6)):R}},"U95_at_dof":{{StudentT.UpperQuantile(0.025, 0.0625 / (0.0081 / 4 + 0.0256 / 6)):R}},"components":{"a":0.6,"b":0.8},"relative_sensitivities":{"a":{{1.0 / 3:R}},"b":{{2.0 / 3:R}},"c":1} }""");

    [Fact]
    public void Several_models_in_one_case() => Holds("gum-linear",
        """{"cases":[{"model":"a + b","quantities":{"a":[1,0.3,4],"b":[2,0.4]}},{"model":"2*a","quantities":{"a":{"value":5,"u":0.1,"dof":9}}}]}""",
        $$"""{"results":[[3,0.5,{{0.0625 / (0.0081 / 4):R}}],[10,0.2,9]],"U95_second":{{0.2 * StudentT.UpperQuantile(0.025, 9):R}} }""");

    [Theory]
    [InlineData("gum-with-calibration", """{"model":"c0*k","x":[1,2,3],"y":[1,2,3.1],"new_y":[2],"quantities":{}}""")]
    [InlineData("gum-correlated", """{"model":"mean(k)*2","k":[1,0.1]}""")]
    [InlineData("regression-dof", """{"x":[1,2,3],"y":[1,2],"u_y":0.1,"dof_each":3,"predict_at":2}""")]
    [InlineData("complex-dof", """{"model":"x1","x1":{"value":1,"cov":[1,2,3,4,5],"dof":3}}""")]
    public void What_cannot_be_computed_fails_with_its_reason(string kind, string inputs)
    {
        var outcome = Assert.Single(ReferenceCases.Run($$"""{"kind":"{{kind}}","inputs":{{inputs}},"expected":{"value":1} }""", "case"));
        Assert.Equal(CaseStatus.Failed, outcome.Status);
        Assert.NotEmpty(outcome.Message!);
    }
}
