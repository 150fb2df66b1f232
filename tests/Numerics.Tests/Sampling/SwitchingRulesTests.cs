namespace Plumbline.Numerics.Tests.Sampling;

public class SwitchingRulesTests
{
    // Letter K at 1 %: normal n = 125, Ac 3; tightened Ac 2.
    private static SwitchingRules Run(params int[] found) => found.Aggregate(SwitchingRules.Begin("K", 1), (state, d) => state.After(d));

    [Fact]
    public void Two_of_five_lots_not_accepted_tighten()
    {
        Assert.Equal(InspectionState.Normal, Run(9, 0, 0, 0, 0, 9).State);
        Assert.Equal(InspectionState.Tightened, Run(9, 0, 0, 0, 9).State);
        Assert.Equal(InspectionState.Tightened, Run(9, 9).State);
    }

    [Fact]
    public void Five_accepted_lots_lead_back_to_normal()
    {
        Assert.Equal(InspectionState.Tightened, Run(9, 9, 0, 0, 0, 0).State);
        Assert.Equal(InspectionState.Normal, Run(9, 9, 0, 0, 0, 0, 0).State);
        Assert.Equal(InspectionState.Tightened, Run(9, 9, 0, 0, 9, 0, 0, 0, 0).State);
    }

    [Fact]
    public void Five_lots_not_accepted_on_tightened_discontinue_until_resumed()
    {
        var stopped = Run(9, 9, 9, 0, 9, 9, 0, 9, 9);
        Assert.Equal(InspectionState.Discontinued, stopped.State);
        Assert.Null(stopped.Plan);
        Assert.Equal(InspectionState.Discontinued, stopped.After(0).State);
        var resumed = stopped.Resume();
        Assert.Equal((InspectionState.Tightened, 0), (resumed.State, resumed.NotAcceptedOnTightened));
    }

    [Fact]
    public void A_score_of_thirty_reduces_only_where_production_is_steady_and_the_authority_agrees()
    {
        Assert.Equal(27, Run(1, 1, 1, 1, 1, 1, 1, 1, 1).Score);
        Assert.Equal(InspectionState.Reduced, Run(1, 1, 1, 1, 1, 1, 1, 1, 1, 1).State);
        Assert.Equal(InspectionState.Normal, Run(1, 1, 1, 1, 1, 1, 1, 1, 1).After(1, mayReduce: false).State);
        // Accepted, yet not at the next tighter AQL: the score begins again.
        Assert.Equal(0, Run(1, 1, 1, 3).Score);
    }

    [Fact]
    public void Reduced_inspection_ends_with_the_first_lot_beyond_its_acceptance_number()
    {
        var reduced = Run(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        var (_, ac, re) = reduced.Plan!.Value;
        Assert.True(re > ac + 1);
        Assert.Equal(InspectionState.Reduced, reduced.After(ac).State);
        Assert.Equal((InspectionState.Normal, true), (reduced.After(ac + 1).State, reduced.After(ac + 1).LastAccepted));
        Assert.Equal((InspectionState.Normal, false), (reduced.After(re).State, reduced.After(re).LastAccepted));
        Assert.Equal(InspectionState.Normal, reduced.After(0, mayReduce: false).State);
    }
}
