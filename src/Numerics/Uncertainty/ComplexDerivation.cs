namespace Plumbline.Numerics;

/// <summary>What a complex step did.</summary>
internal enum ComplexStep
{
    Product,
    Quotient,
    SquareRoot,
    Exponential,
    Logarithm,
    Sine,
    Cosine,
    HyperbolicTangent,
    WholePower,
    Power,
}

/// <summary>One part of a complex result, written in steps of real numbers. Parents are the parts of the first operand, then those of the second.</summary>
internal sealed class ComplexDerivation(ComplexStep step, bool isImaginary, int exponent) : Derivation
{
    private readonly record struct Pair(int Re, int Im);

    internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials)
    {
        var b = to.Builder;
        var z = new Pair(to[parents[0]], to[parents[1]]);
        var w = parents.Length > 2 ? new Pair(to[parents[2]], to[parents[3]]) : z;
        var result = step switch
        {
            ComplexStep.Product => Times(b, z, w),
            ComplexStep.Quotient => Over(b, z, w),
            ComplexStep.SquareRoot => Exp(b, Scaled(b, Log(b, z), 0.5)),
            ComplexStep.Exponential => Exp(b, z),
            ComplexStep.Logarithm => Log(b, z),
            ComplexStep.Sine => new(Product(b, b.Unary(OperationKind.Sine, z.Re), b.Unary(OperationKind.HyperbolicCosine, z.Im)), Product(b, b.Unary(OperationKind.Cosine, z.Re), b.Unary(OperationKind.HyperbolicSine, z.Im))),
            ComplexStep.Cosine => new(Product(b, b.Unary(OperationKind.Cosine, z.Re), b.Unary(OperationKind.HyperbolicCosine, z.Im)), b.Unary(OperationKind.Negate, Product(b, b.Unary(OperationKind.Sine, z.Re), b.Unary(OperationKind.HyperbolicSine, z.Im)))),
            ComplexStep.HyperbolicTangent => Tanh(b, Scaled(b, z, 2)),
            ComplexStep.WholePower => Whole(b, z),
            _ => Exp(b, Times(b, w, Log(b, z))),
        };
        return isImaginary ? result.Im : result.Re;
    }

    private Pair Whole(ProgramBuilder b, Pair z)
    {
        var one = new Pair(b.Constant(1), b.Constant(0));
        var power = one;
        var square = z;
        for (var left = Math.Abs((long)exponent); left > 0; left >>= 1, square = Times(b, square, square))
            if ((left & 1) != 0)
                power = Times(b, power, square);
        return exponent < 0 ? Over(b, one, power) : power;
    }

    private static int Product(ProgramBuilder b, int x, int y) => b.Binary(OperationKind.Multiply, x, y);

    private static int Sum(ProgramBuilder b, int x, int y) => b.Binary(OperationKind.Add, x, y);

    private static int Difference(ProgramBuilder b, int x, int y) => b.Binary(OperationKind.Subtract, x, y);

    private static Pair Scaled(ProgramBuilder b, Pair z, double factor) => new(Product(b, z.Re, b.Constant(factor)), Product(b, z.Im, b.Constant(factor)));

    private static Pair Times(ProgramBuilder b, Pair z, Pair w) =>
        new(Difference(b, Product(b, z.Re, w.Re), Product(b, z.Im, w.Im)), Sum(b, Product(b, z.Re, w.Im), Product(b, z.Im, w.Re)));

    private static Pair Over(ProgramBuilder b, Pair z, Pair w)
    {
        var square = Sum(b, b.Power(w.Re, 2), b.Power(w.Im, 2));
        return new(b.Binary(OperationKind.Divide, Sum(b, Product(b, z.Re, w.Re), Product(b, z.Im, w.Im)), square), b.Binary(OperationKind.Divide, Difference(b, Product(b, z.Im, w.Re), Product(b, z.Re, w.Im)), square));
    }

    private static Pair Log(ProgramBuilder b, Pair z) => new(b.Unary(OperationKind.NaturalLogarithm, b.Binary(OperationKind.Hypotenuse, z.Re, z.Im)), b.Binary(OperationKind.ArcTangent2, z.Im, z.Re));

    private static Pair Exp(ProgramBuilder b, Pair z)
    {
        var size = b.Unary(OperationKind.Exponential, z.Re);
        return new(Product(b, size, b.Unary(OperationKind.Cosine, z.Im)), Product(b, size, b.Unary(OperationKind.Sine, z.Im)));
    }

    /// <summary>tanh of half the number: (sinh x + i sin y)/(cosh x + cos y).</summary>
    private static Pair Tanh(ProgramBuilder b, Pair twice)
    {
        var below = Sum(b, b.Unary(OperationKind.HyperbolicCosine, twice.Re), b.Unary(OperationKind.Cosine, twice.Im));
        return new(b.Binary(OperationKind.Divide, b.Unary(OperationKind.HyperbolicSine, twice.Re), below), b.Binary(OperationKind.Divide, b.Unary(OperationKind.Sine, twice.Im), below));
    }
}
