namespace Plumbline.Numerics;

/// <summary>Where a series of lots stands.</summary>
public enum InspectionState
{
    /// <summary>正常检验.</summary>
    Normal,

    /// <summary>加严检验.</summary>
    Tightened,

    /// <summary>放宽检验.</summary>
    Reduced,

    /// <summary>暂停抽样检验: until the supplier has mended the cause; then tightened inspection begins anew.</summary>
    Discontinued,
}

/// <summary>The switching rules (转移规则) of ISO 2859-1:1999 / GB/T 2828.1-2012, 9.3, for single plans: a value that each lot turns into the next.</summary>
/// <remarks>
/// Normal to tightened: two of five or fewer consecutive lots not accepted. Back: five consecutive lots accepted. Normal to reduced: switching score of at least 30, steady production and the authority's agreement.
/// Reduced to normal: a lot not accepted (with the MIL-STD-105E table also one between Ac and Re). Discontinued: five lots not accepted since tightened inspection began.
/// </remarks>
public sealed record SwitchingRules
{
    private readonly string letter;
    private readonly double limit;
    private readonly int recent;

    private SwitchingRules(string letter, double limit) => (this.letter, this.limit) = (letter, limit);

    /// <summary>Where the series stands.</summary>
    public InspectionState State { get; private init; }

    /// <summary>The switching score, on normal inspection.</summary>
    public int Score { get; private init; }

    /// <summary>Lots accepted one after the other on tightened inspection.</summary>
    public int AcceptedInARow { get; private init; }

    /// <summary>Lots not accepted since tightened inspection began.</summary>
    public int NotAcceptedOnTightened { get; private init; }

    /// <summary>Whether the last lot was accepted; null before the first and while discontinued.</summary>
    public bool? LastAccepted { get; private init; }

    /// <summary>The plan for the next lot; null while discontinued.</summary>
    public (int SampleSize, int AcceptanceNumber, int RejectionNumber)? Plan => State switch
    {
        InspectionState.Normal => AqlTables.OfLetter(letter, limit),
        InspectionState.Tightened => AqlTables.OfLetter(letter, limit, InspectionSeverity.Tightened),
        InspectionState.Reduced => AqlTables.OfLetter(letter, limit, InspectionSeverity.ReducedMilStd105E),
        _ => null,
    };

    /// <summary>A new series, on normal inspection.</summary>
    /// <param name="letter">Sample size code letter.</param>
    /// <param name="acceptanceQualityLimit">AQL in percent, one of <see cref="AqlTables.Limits"/>.</param>
    /// <returns>The state before the first lot.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The letter or the AQL is not in the tables.</exception>
    public static SwitchingRules Begin(string letter, double acceptanceQualityLimit)
    {
        AqlTables.OfLetter(letter, acceptanceQualityLimit);
        return new(letter, acceptanceQualityLimit);
    }

    /// <summary>The state after one more lot on original inspection.</summary>
    /// <param name="nonconformingFound">d in the sample, not negative.</param>
    /// <param name="mayReduce">Production is steady and the responsible authority agrees to reduced inspection.</param>
    /// <returns>The state for the next lot.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public SwitchingRules After(int nonconformingFound, bool mayReduce = true)
    {
        Require.AtLeast(nonconformingFound, 0);
        if (Plan is not { } plan)
            return this with { LastAccepted = null };
        var accepted = nonconformingFound <= plan.AcceptanceNumber;
        return State switch
        {
            InspectionState.Normal => AfterNormal(nonconformingFound, plan.AcceptanceNumber, accepted, mayReduce),
            InspectionState.Tightened => AfterTightened(accepted),
            // Between Ac and Re the lot passes, yet the next is inspected normally.
            _ when !accepted || !mayReduce => new(letter, limit) { LastAccepted = accepted || nonconformingFound < plan.RejectionNumber },
            _ => this with { LastAccepted = true },
        };
    }

    /// <summary>Inspection begins again, tightened, after the supplier has mended the cause.</summary>
    /// <returns>The state for the next lot; unchanged where inspection is not discontinued.</returns>
    public SwitchingRules Resume() => State == InspectionState.Discontinued ? new(letter, limit) { State = InspectionState.Tightened } : this;

    private SwitchingRules AfterNormal(int found, int acceptanceNumber, bool accepted, bool mayReduce)
    {
        // One bit for each of the last five lots, set where it was not accepted.
        var window = ((recent << 1) | (accepted ? 0 : 1)) & 0b11111;
        if (int.PopCount(window) >= 2)
            return new(letter, limit) { State = InspectionState.Tightened, LastAccepted = accepted };
        var column = AqlTables.Column(limit);
        var gained = acceptanceNumber >= 2
            ? column > 0 && found <= AqlTables.OfLetter(letter, AqlTables.Limits[column - 1]).AcceptanceNumber ? 3 : 0
            : accepted ? 2 : 0;
        var score = gained > 0 ? Score + gained : 0;
        return score >= 30 && mayReduce
            ? new(letter, limit) { State = InspectionState.Reduced, LastAccepted = accepted }
            : new(this, window) { Score = score, LastAccepted = accepted };
    }

    private SwitchingRules AfterTightened(bool accepted)
    {
        var inARow = accepted ? AcceptedInARow + 1 : 0;
        var notAccepted = NotAcceptedOnTightened + (accepted ? 0 : 1);
        return notAccepted >= 5 ? new(letter, limit) { State = InspectionState.Discontinued, LastAccepted = accepted }
            : inARow >= 5 ? new(letter, limit) { LastAccepted = accepted }
            : this with { AcceptedInARow = inARow, NotAcceptedOnTightened = notAccepted, LastAccepted = accepted };
    }

    private SwitchingRules(SwitchingRules before, int window)
    {
        (letter, limit, State, recent) = (before.letter, before.limit, before.State, window);
    }
}
