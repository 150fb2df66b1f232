namespace Plumbline.Numerics;

/// <summary>What a score says of a result, ISO 13528 clause 9.</summary>
public enum Verdict
{
    /// <summary>The score could not be computed; the reason says why.</summary>
    NotEvaluable,

    /// <summary>满意.</summary>
    Satisfactory,

    /// <summary>有问题 (可疑): a warning signal.</summary>
    Questionable,

    /// <summary>不满意: an action signal.</summary>
    Unsatisfactory,
}

/// <summary>Why a score cannot be evaluated.</summary>
public enum NotEvaluableReason
{
    /// <summary>The score was evaluated.</summary>
    None,

    /// <summary>The variance of the difference is zero or negative: the reference value is at least as uncertain as the result that entered it, or all uncertainties are zero.</summary>
    DenominatorNotPositive,
}

/// <summary>A performance score (能力评分): a number without unit and its verdict, or the reason why there is none.</summary>
/// <param name="Value">The signed score; null when it cannot be evaluated.</param>
/// <param name="Verdict">The band the score falls in.</param>
/// <param name="Reason">Why there is no value.</param>
public readonly record struct Score(double? Value, Verdict Verdict, NotEvaluableReason Reason = NotEvaluableReason.None)
{
    /// <summary>True when there is a value.</summary>
    public bool Evaluable => Value is not null;

    /// <summary>Satisfactory up to 1, unsatisfactory above: E<sub>n</sub>, and by the same rule the expanded-uncertainty scores.</summary>
    internal static Score OfRatio(double numerator, double squareOfDenominator) => Of(numerator, squareOfDenominator,
        score => Math.Abs(score) <= 1 ? Verdict.Satisfactory : Verdict.Unsatisfactory);

    /// <summary>Satisfactory up to 2, unsatisfactory from 3.</summary>
    internal static Score OfStandardised(double numerator, double squareOfDenominator) => Of(numerator, squareOfDenominator,
        score => Math.Abs(score) switch { <= 2 => Verdict.Satisfactory, < 3 => Verdict.Questionable, _ => Verdict.Unsatisfactory });

    private static Score Of(double numerator, double square, Func<double, Verdict> band)
    {
        if (!(square > 0))
            return new(null, Verdict.NotEvaluable, NotEvaluableReason.DenominatorNotPositive);
        var score = numerator / Math.Sqrt(square);
        return new(score, band(score));
    }
}
