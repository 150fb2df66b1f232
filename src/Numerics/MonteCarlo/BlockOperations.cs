using System.Runtime.CompilerServices;
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

    private static void Apply<T>(double[] a, double[] b, double[] target) where T : struct, IRule
    {
        ref double pa = ref a[0], pb = ref b[0], pt = ref target[0];
        for (nuint i = 0; i < InputDrawer.Lanes; i += 8)
        {
            var first = T.Of(Vector256.LoadUnsafe(ref pa, i), Vector256.LoadUnsafe(ref pb, i));
            var second = T.Of(Vector256.LoadUnsafe(ref pa, i + 4), Vector256.LoadUnsafe(ref pb, i + 4));
            first.StoreUnsafe(ref pt, i);
            second.StoreUnsafe(ref pt, i + 4);
        }
    }

    private static void Apply<T>(double[] a, double b, double[] target) where T : struct, IRule
    {
        ref double pa = ref a[0], pt = ref target[0];
        var vb = Vector256.Create(b);
        for (nuint i = 0; i < InputDrawer.Lanes; i += 8)
        {
            var first = T.Of(Vector256.LoadUnsafe(ref pa, i), vb);
            var second = T.Of(Vector256.LoadUnsafe(ref pa, i + 4), vb);
            first.StoreUnsafe(ref pt, i);
            second.StoreUnsafe(ref pt, i + 4);
        }
    }

    private static void Apply<T>(double a, double[] b, double[] target) where T : struct, IRule
    {
        ref double pb = ref b[0], pt = ref target[0];
        var va = Vector256.Create(a);
        for (nuint i = 0; i < InputDrawer.Lanes; i += 8)
        {
            var first = T.Of(va, Vector256.LoadUnsafe(ref pb, i));
            var second = T.Of(va, Vector256.LoadUnsafe(ref pb, i + 4));
            first.StoreUnsafe(ref pt, i);
            second.StoreUnsafe(ref pt, i + 4);
        }
    }

    internal static void Binary(OperationKind kind, double[] a, double[] b, double[] target)
    {
        switch (kind)
        {
            case OperationKind.Add:
                Apply<Sum>(a, b, target);
                break;
            case OperationKind.Subtract:
                Apply<Difference>(a, b, target);
                break;
            case OperationKind.Multiply:
                Apply<Product>(a, b, target);
                break;
            case OperationKind.Divide:
                Apply<Quotient>(a, b, target);
                break;
            default:
                var o = new Operation(kind);
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, a[i], b[i]);
                break;
        }
    }

    internal static void Binary(OperationKind kind, double[] a, double b, double[] target)
    {
        switch (kind)
        {
            case OperationKind.Add:
                Apply<Sum>(a, b, target);
                break;
            case OperationKind.Subtract:
                Apply<Difference>(a, b, target);
                break;
            case OperationKind.Multiply:
                Apply<Product>(a, b, target);
                break;
            case OperationKind.Divide:
                Apply<Quotient>(a, b, target);
                break;
            default:
                var o = new Operation(kind);
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, a[i], b);
                break;
        }
    }

    internal static void Binary(OperationKind kind, double a, double[] b, double[] target)
    {
        switch (kind)
        {
            case OperationKind.Add:
                Apply<Sum>(a, b, target);
                break;
            case OperationKind.Subtract:
                Apply<Difference>(a, b, target);
                break;
            case OperationKind.Multiply:
                Apply<Product>(a, b, target);
                break;
            case OperationKind.Divide:
                Apply<Quotient>(a, b, target);
                break;
            default:
                var o = new Operation(kind);
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, a, b[i]);
                break;
        }
    }

    internal static void Unary(in Operation o, double[] a, double[] target)
    {
        switch (o.Kind)
        {
            case OperationKind.Negate:
                Apply<Difference>(-0.0, a, target);
                break;
            case OperationKind.IntegerPower when o.Right is 2:
                Apply<Product>(a, a, target);
                break;
            case OperationKind.SquareRoot:
                for (var i = 0; i < target.Length; i += 4)
                    Vector256.Sqrt(Vector256.Create<double>(a.AsSpan(i))).CopyTo(target, i);
                break;
            case OperationKind.Exponential:
                for (var i = 0; i < target.Length; i += 4)
                    Vector256.Exp(Vector256.Create<double>(a.AsSpan(i))).CopyTo(target, i);
                break;
            case OperationKind.NaturalLogarithm:
                for (var i = 0; i < target.Length; i += 4)
                    Vector256.Log(Vector256.Create<double>(a.AsSpan(i))).CopyTo(target, i);
                break;
            case OperationKind.Sine:
                for (var i = 0; i < target.Length; i += 4)
                    Vector256.Sin(Vector256.Create<double>(a.AsSpan(i))).CopyTo(target, i);
                break;
            case OperationKind.Cosine:
                for (var i = 0; i < target.Length; i += 4)
                    Vector256.Cos(Vector256.Create<double>(a.AsSpan(i))).CopyTo(target, i);
                break;
            default:
                for (var i = 0; i < target.Length; i++)
                    target[i] = OperationRules.Value(o, a[i], 0);
                break;
        }
    }
}
