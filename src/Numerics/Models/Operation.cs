namespace Plumbline.Numerics;

/// <summary>What one step of a compiled model does. The order matters: everything from <see cref="Add"/> on has two operands, everything from <see cref="Negate"/> up to it one.</summary>
internal enum OperationKind : byte
{
    /// <summary>The number in <see cref="Operation.Constant"/>.</summary>
    Constant,

    /// <summary>The quantity with the index in <see cref="Operation.Left"/>.</summary>
    Input,

    Negate,
    Absolute,

    /// <summary>−1, 0 or 1; its derivative counts as 0.</summary>
    Sign,

    /// <summary>The operand to the whole power in <see cref="Operation.Right"/>, which is neither 0 nor 1 and may be negative.</summary>
    IntegerPower,
    SquareRoot,
    CubeRoot,
    Exponential,
    NaturalLogarithm,
    DecimalLogarithm,
    Sine,
    Cosine,
    Tangent,
    ArcSine,
    ArcCosine,
    ArcTangent,
    HyperbolicSine,
    HyperbolicCosine,
    HyperbolicTangent,
    AreaSine,
    AreaCosine,
    AreaTangent,

    Add,
    Subtract,
    Multiply,
    Divide,
    Power,

    /// <summary>The angle of the point (right, left) in (−π, π].</summary>
    ArcTangent2,

    /// <summary>√(left² + right²).</summary>
    Hypotenuse,
    Minimum,
    Maximum,
}

/// <summary>One step of a compiled model. Operands are indices of earlier steps.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Left">The first operand; of an input, its index among the quantities.</param>
/// <param name="Right">The second operand; of a whole power, the exponent itself; otherwise 0.</param>
/// <param name="Constant">The number of a constant; otherwise 0.</param>
internal readonly record struct Operation(OperationKind Kind, int Left = 0, int Right = 0, double Constant = 0)
{
    internal bool IsUnary => Kind is >= OperationKind.Negate and < OperationKind.Add;

    internal bool IsBinary => Kind >= OperationKind.Add;
}
