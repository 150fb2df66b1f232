using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The operations of a model over a block of lanes. The four rules of arithmetic, roots and whole powers give the same digits as one by one.</summary>
internal static class BlockOperations
{
    private interface IRule
    {
        static abstract Vector256<double> Of(Vector256<double> a, Vector256<double> b);
    }

    private readonly struct Sum : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a + b;
    }

    private readonly struct Difference : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a - b;
    }

    private readonly struct Product : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a * b;
    }

    private readonly struct Quotient : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a / b;
    }

    private readonly struct Root : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => Vector256.Sqrt(a);
    }

    private readonly struct Exponential : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => Vector256.Exp(a);
    }

    private readonly struct Logarithm : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => Vector256.Log(a);
    }

    private readonly struct Sine : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => Vector256.Sin(a);
    }

    private readonly struct Cosine : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => Vector256.Cos(a);
    }

    /// <summary>A block of lanes, or one number for all of them. As structures they make one loop for each pair without a question inside it.</summary>
    internal interface IOperand
    {
        double this[int lane] { get; }

        Vector256<double> From(nuint lane);
    }

    internal readonly struct Lanes(double[] values) : IOperand
    {
        public double this[int lane] => values[lane];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> From(nuint lane) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), lane);
    }

    internal readonly struct Number(double value) : IOperand
    {
        private readonly Vector256<double> all = Vector256.Create(value);

        public double this[int lane] => all.GetElement(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> From(nuint lane) => all;
    }

    private static void Apply<TRule, TLeft, TRight>(TLeft a, TRight b, double[] target) where TRule : struct, IRule where TLeft : struct, IOperand where TRight : struct, IOperand
    {
        ref var to = ref MemoryMarshal.GetArrayDataReference(target);
        for (nuint i = 0; i < InputDrawer.Lanes; i += 8)
        {
            var first = TRule.Of(a.From(i), b.From(i));
            var second = TRule.Of(a.From(i + 4), b.From(i + 4));
            first.StoreUnsafe(ref to, i);
            second.StoreUnsafe(ref to, i + 4);
        }
    }

    internal static void Binary<TLeft, TRight>(OperationKind kind, TLeft a, TRight b, double[] target) where TLeft : struct, IOperand where TRight : struct, IOperand
    {
        switch (kind)
        {
            case OperationKind.Add:
                Apply<Sum, TLeft, TRight>(a, b, target);
                break;
            case OperationKind.Subtract:
                Apply<Difference, TLeft, TRight>(a, b, target);
                break;
            case OperationKind.Multiply:
                Apply<Product, TLeft, TRight>(a, b, target);
                break;
            case OperationKind.Divide:
                Apply<Quotient, TLeft, TRight>(a, b, target);
                break;
            default:
                var o = new Operation(kind);
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, a[i], b[i]);
                break;
        }
    }

    internal static void Unary(in Operation o, double[] values, double[] target)
    {
        Lanes a = new(values);
        Number nothing = new(-0.0);
        switch (o.Kind)
        {
            case OperationKind.Negate:
                Apply<Difference, Number, Lanes>(nothing, a, target);
                break;
            case OperationKind.IntegerPower when o.Right is 2:
                Apply<Product, Lanes, Lanes>(a, a, target);
                break;
            case OperationKind.SquareRoot:
                Apply<Root, Lanes, Number>(a, nothing, target);
                break;
            case OperationKind.Exponential:
                Apply<Exponential, Lanes, Number>(a, nothing, target);
                break;
            case OperationKind.NaturalLogarithm:
                Apply<Logarithm, Lanes, Number>(a, nothing, target);
                break;
            case OperationKind.Sine:
                Apply<Sine, Lanes, Number>(a, nothing, target);
                break;
            case OperationKind.Cosine:
                Apply<Cosine, Lanes, Number>(a, nothing, target);
                break;
            default:
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, values[i], 0);
                break;
        }
    }
}
