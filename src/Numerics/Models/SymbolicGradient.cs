namespace Plumbline.Numerics;

/// <summary>The derivatives of a program as a program: differentiated again for second and third order, printed as sensitivity coefficients, run in blocks by Monte Carlo.</summary>
internal static class SymbolicGradient
{
    /// <summary>A program whose outputs are ∂output/∂input for every input, from one walk backwards.</summary>
    /// <param name="program">The program.</param>
    /// <param name="output">Which of its outputs.</param>
    internal static ModelProgram Of(ModelProgram program, int output)
    {
        var b = new ProgramBuilder(program.InputCount);
        var at = b.Copy(program);
        var zero = b.Constant(0);
        var adjoints = new int[program.Count];
        Array.Fill(adjoints, -1);
        var gradient = new int[program.InputCount];
        Array.Fill(gradient, zero);
        adjoints[program.Outputs[output]] = b.Constant(1);
        for (var i = program.Outputs[output]; i >= 0; i--)
        {
            if (adjoints[i] < 0)
                continue;
            ref readonly var o = ref program.Operations[i];
            b.Place = program.PlaceOf(i);
            switch (o.Kind)
            {
                case OperationKind.Constant:
                    break;
                case OperationKind.Input:
                    gradient[o.Left] = b.Binary(OperationKind.Add, gradient[o.Left], adjoints[i]);
                    break;
                default:
                    if (program.Operations[o.Left].Kind != OperationKind.Constant)
                        Accumulate(b, adjoints, o.Left, adjoints[i], Partial(b, o, at, i, true));
                    if (o.IsBinary && program.Operations[o.Right].Kind != OperationKind.Constant)
                        Accumulate(b, adjoints, o.Right, adjoints[i], Partial(b, o, at, i, false));
                    break;
            }
        }
        return b.Build(gradient);
    }

    private static void Accumulate(ProgramBuilder b, int[] adjoints, int step, int weight, int partial)
    {
        // What is always zero leads nowhere, even where its factor is not finite.
        if (b.ConstantOf(partial) == 0)
            return;
        var product = b.Binary(OperationKind.Multiply, weight, partial);
        adjoints[step] = adjoints[step] < 0 ? product : b.Binary(OperationKind.Add, adjoints[step], product);
    }

    private static int Partial(ProgramBuilder b, in Operation o, int[] at, int self, bool toLeft)
    {
        int x = at[o.Left], y = o.IsBinary ? at[o.Right] : 0, z = at[self];
        int one = b.Constant(1);
        return o.Kind switch
        {
            OperationKind.Negate => b.Constant(-1),
            OperationKind.Absolute => b.Unary(OperationKind.Sign, x),
            OperationKind.Sign => b.Constant(0),
            OperationKind.IntegerPower => Times(b.Constant(o.Right), b.Power(x, o.Right - 1)),
            OperationKind.SquareRoot => Over(b.Constant(0.5), z),
            OperationKind.CubeRoot => Over(one, Times(b.Constant(3), b.Power(z, 2))),
            OperationKind.Exponential => z,
            OperationKind.NaturalLogarithm => Over(one, x),
            OperationKind.DecimalLogarithm => Over(one, Times(b.Constant(OperationRules.Ln10), x)),
            OperationKind.Sine => b.Unary(OperationKind.Cosine, x),
            OperationKind.Cosine => b.Unary(OperationKind.Negate, b.Unary(OperationKind.Sine, x)),
            OperationKind.Tangent => Plus(one, b.Power(z, 2)),
            OperationKind.ArcSine => Over(one, Root(Minus(one, b.Power(x, 2)))),
            OperationKind.ArcCosine => Over(b.Constant(-1), Root(Minus(one, b.Power(x, 2)))),
            OperationKind.ArcTangent => Over(one, Plus(one, b.Power(x, 2))),
            OperationKind.HyperbolicSine => b.Unary(OperationKind.HyperbolicCosine, x),
            OperationKind.HyperbolicCosine => b.Unary(OperationKind.HyperbolicSine, x),
            OperationKind.HyperbolicTangent => Minus(one, b.Power(z, 2)),
            OperationKind.AreaSine => Over(one, Root(Plus(one, b.Power(x, 2)))),
            OperationKind.AreaCosine => Over(one, Root(Minus(b.Power(x, 2), one))),
            OperationKind.AreaTangent => Over(one, Minus(one, b.Power(x, 2))),
            OperationKind.Add => one,
            OperationKind.Subtract => toLeft ? one : b.Constant(-1),
            OperationKind.Multiply => toLeft ? y : x,
            OperationKind.Divide => toLeft ? Over(one, y) : b.Unary(OperationKind.Negate, Over(z, y)),
            OperationKind.Power => toLeft ? Times(y, b.Binary(OperationKind.Power, x, Minus(y, one))) : Times(z, b.Unary(OperationKind.NaturalLogarithm, x)),
            OperationKind.ArcTangent2 => Over(toLeft ? y : b.Unary(OperationKind.Negate, x), Plus(b.Power(x, 2), b.Power(y, 2))),
            OperationKind.Hypotenuse => Over(toLeft ? x : y, z),
            // (1 ± sign(x − y))/2; at x = y both count half.
            OperationKind.Minimum or OperationKind.Maximum => Times(b.Constant(0.5), o.Kind == OperationKind.Maximum == toLeft
                ? Plus(one, b.Unary(OperationKind.Sign, Minus(x, y))) : Minus(one, b.Unary(OperationKind.Sign, Minus(x, y)))),
            _ => throw new ArgumentOutOfRangeException(nameof(o), o.Kind, "Has no operands."),
        };
        int Plus(int p, int q) => b.Binary(OperationKind.Add, p, q);
        int Minus(int p, int q) => b.Binary(OperationKind.Subtract, p, q);
        int Times(int p, int q) => b.Binary(OperationKind.Multiply, p, q);
        int Over(int p, int q) => b.Binary(OperationKind.Divide, p, q);
        int Root(int p) => b.Unary(OperationKind.SquareRoot, p);
    }
}
