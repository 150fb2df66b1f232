namespace Plumbline.Numerics;

/// <summary>A formula as it was written: what is printed, checked for units and compiled.</summary>
internal abstract record Expression(TextSpan Place)
{
    internal sealed record Literal(double Value, string Digits, string? Unit, TextSpan Place) : Expression(Place);

    internal sealed record Name(string Text, TextSpan Place) : Expression(Place);

    internal sealed record Negation(Expression Operand, TextSpan Place) : Expression(Place);

    /// <param name="Operator">One of + − * / ^.</param>
    internal sealed record Arithmetic(char Operator, Expression Left, Expression Right, TextSpan Place) : Expression(Place);

    internal sealed record Call(string Function, Expression[] Arguments, TextSpan Place) : Expression(Place);
}

/// <summary>One line of a model.</summary>
/// <param name="Name">What it defines; null for an implicit equation.</param>
/// <param name="Unit">The unit its author gave it.</param>
/// <param name="Value">The formula; of an implicit equation, what must become zero.</param>
/// <param name="IsUnknown">It declares an unknown of the implicit equations, the formula being where the search starts.</param>
internal sealed record Statement(string? Name, string? Unit, Expression Value, bool IsUnknown, TextSpan Place);
