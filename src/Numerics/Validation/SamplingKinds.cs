using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of sampling plans.</summary>
internal static class SamplingKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("oc_single", Single),
        new("oc_double", Double),
        new("oc_variables", Variables),
        new("design_attributes", DesignAttributes),
        new("design_variables", DesignVariables),
        new("plan_lookup", Lookup),
        new("switching_trace", Switching),
    ];

    private static JsonObject Single(CaseInputs i) =>
        Characteristic(i, SamplingPlan.OneSample(i.Integer("n"), i.Integer("Ac")));

    private static JsonObject Double(CaseInputs i)
    {
        int[] Whole(string name) => Array.ConvertAll(i.Numbers(name), v => (int)v);
        return Characteristic(i, SamplingPlan.Staged(Whole("n"), Whole("Ac"), Whole("Re")));
    }

    private static JsonObject Characteristic(CaseInputs i, SamplingPlan plan)
    {
        int? lot = i.Has("N") ? i.Integer("N") : null;
        PlanPerformance[] all = [.. i.Numbers("p").Select(p => plan.At(p, Model(i), lot))];
        return new() { ["Pa"] = CaseInputs.Array(all.Select(r => r.Acceptance)), ["ASN"] = CaseInputs.Array(all.Select(r => r.AverageSampleNumber)) };
    }

    private static CountModel Model(CaseInputs i) => i.Text("dist") switch
    {
        "binomial" => CountModel.Binomial,
        "poisson" => CountModel.Poisson,
        "hypergeom" or "hypergeometric" => CountModel.Hypergeometric,
        var other => throw new FormatException($"inputs.dist '{other}' must be binomial, poisson or hypergeom."),
    };

    private static JsonObject Variables(CaseInputs i)
    {
        var plan = new VariablesPlan(i.Integer("n"), i.Number("k"), Known(i));
        return new() { ["Pa"] = CaseInputs.Array(i.Numbers("p").Select(plan.Acceptance)) };
    }

    private static bool Known(CaseInputs i) => i.Text("sigma") switch
    {
        "known" => true,
        "unknown" => false,
        var other => throw new FormatException($"inputs.sigma '{other}' must be known or unknown."),
    };

    private static QualityPoint Point(CaseInputs i, string name) =>
        i.Numbers(name) is [var quality, var acceptance] ? new(quality, acceptance) : throw new FormatException($"inputs.{name} must be two numbers: a quality and a probability of acceptance.");

    private static JsonObject DesignAttributes(CaseInputs i)
    {
        var plan = PlanDesign.TwoPoint(Point(i, "PRP"), Point(i, "CRP"), Model(i), i.Has("N") ? i.Integer("N") : null);
        return new() { ["n"] = plan.SampleSizes[0], ["Ac"] = plan.AcceptanceNumbers[0] };
    }

    private static JsonObject DesignVariables(CaseInputs i)
    {
        var plan = VariablesPlan.Design(Point(i, "PRP"), Point(i, "CRP"), Known(i));
        return new() { ["n"] = plan.SampleSize, ["k"] = plan.AcceptabilityConstant };
    }

    private static JsonObject Lookup(CaseInputs i)
    {
        var severity = i.Text("severity") switch
        {
            "normal" => InspectionSeverity.Normal,
            "tightened" => InspectionSeverity.Tightened,
            "reduced_milstd105e" => InspectionSeverity.ReducedMilStd105E,
            var other => throw new FormatException($"inputs.severity '{other}' must be normal, tightened or reduced_milstd105e."),
        };
        var plan = AqlTables.Find((long)i.Number("lot_size"), i.Text("level"), i.Number("aql"), severity);
        return new() { ["letter"] = plan.Letter, ["n"] = plan.SampleSize, ["Ac"] = plan.AcceptanceNumber, ["Re"] = plan.RejectionNumber, ["hundred_percent"] = plan.HundredPercent };
    }

    private static JsonObject Switching(CaseInputs i)
    {
        var state = SwitchingRules.Begin(i.Text("letter"), i.Number("aql"));
        var trace = new List<string>();
        foreach (var found in i.Numbers("nonconforming_found"))
        {
            state = state.After((int)found);
            trace.Add(state.State switch { InspectionState.Normal => "normal", InspectionState.Tightened => "tightened", InspectionState.Reduced => "reduced", _ => "discontinued" });
        }
        return new() { ["state_after_lot"] = CaseInputs.Array(trace) };
    }
}
