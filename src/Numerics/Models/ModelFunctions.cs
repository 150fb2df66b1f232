namespace Plumbline.Numerics;

/// <summary>The functions a model may call.</summary>
internal static class ModelFunctions
{
    private static readonly Dictionary<string, OperationKind> Unary = new(StringComparer.Ordinal)
    {
        ["abs"] = OperationKind.Absolute, ["sign"] = OperationKind.Sign, ["sqrt"] = OperationKind.SquareRoot, ["cbrt"] = OperationKind.CubeRoot,
        ["exp"] = OperationKind.Exponential, ["ln"] = OperationKind.NaturalLogarithm, ["lg"] = OperationKind.DecimalLogarithm, ["log10"] = OperationKind.DecimalLogarithm,
        ["sin"] = OperationKind.Sine, ["cos"] = OperationKind.Cosine, ["tan"] = OperationKind.Tangent,
        ["asin"] = OperationKind.ArcSine, ["arcsin"] = OperationKind.ArcSine, ["acos"] = OperationKind.ArcCosine, ["arccos"] = OperationKind.ArcCosine,
        ["atan"] = OperationKind.ArcTangent, ["arctan"] = OperationKind.ArcTangent,
        ["sinh"] = OperationKind.HyperbolicSine, ["cosh"] = OperationKind.HyperbolicCosine, ["tanh"] = OperationKind.HyperbolicTangent,
        ["asinh"] = OperationKind.AreaSine, ["arsinh"] = OperationKind.AreaSine, ["acosh"] = OperationKind.AreaCosine, ["arcosh"] = OperationKind.AreaCosine,
        ["atanh"] = OperationKind.AreaTangent, ["artanh"] = OperationKind.AreaTangent,
    };

    private static readonly Dictionary<string, OperationKind> Binary = new(StringComparer.Ordinal)
    {
        ["atan2"] = OperationKind.ArcTangent2, ["arctan2"] = OperationKind.ArcTangent2, ["hypot"] = OperationKind.Hypotenuse, ["pow"] = OperationKind.Power,
        ["min"] = OperationKind.Minimum, ["max"] = OperationKind.Maximum,
    };

    /// <summary>Functions made of operations, with the fewest and most arguments.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Composed = new(StringComparer.Ordinal)
    {
        ["log"] = (2, 2), ["log2"] = (1, 1), ["lb"] = (1, 1), ["sum"] = (1, 1000), ["mean"] = (1, 1000), ["min"] = (1, 1000), ["max"] = (1, 1000), ["hypot"] = (2, 1000),
        ["rad"] = (1, 1), ["deg"] = (1, 1), ["sqr"] = (1, 1), ["cot"] = (1, 1),
    };

    internal static IEnumerable<string> Names => Unary.Keys.Concat(Binary.Keys).Concat(Composed.Keys);

    internal static bool Exists(string name) => Unary.ContainsKey(name) || Binary.ContainsKey(name) || Composed.ContainsKey(name);

    internal static (int Least, int Most) Arity(string name) => Composed.TryGetValue(name, out var arity) ? arity : Unary.ContainsKey(name) ? (1, 1) : (2, 2);

    /// <summary>The operation of a function that is one, for printing and units; null for composed functions.</summary>
    internal static OperationKind? Kind(string name) => Unary.TryGetValue(name, out var kind) || Binary.TryGetValue(name, out kind) ? kind : null;

    internal static int Compile(ProgramBuilder b, string name, int[] a)
    {
        switch (name)
        {
            case "log":
                return b.Binary(OperationKind.Divide, b.Unary(OperationKind.NaturalLogarithm, a[0]), b.Unary(OperationKind.NaturalLogarithm, a[1]));
            case "log2" or "lb":
                return b.Binary(OperationKind.Divide, b.Unary(OperationKind.NaturalLogarithm, a[0]), b.Constant(0.6931471805599453));
            case "sum" or "mean":
                var sum = a.Aggregate((x, y) => b.Binary(OperationKind.Add, x, y));
                return name == "sum" ? sum : b.Binary(OperationKind.Divide, sum, b.Constant(a.Length));
            case "min" or "max" or "hypot":
                return a.Aggregate((x, y) => b.Binary(Binary[name], x, y));
            case "rad":
                return b.Binary(OperationKind.Multiply, a[0], b.Constant(Math.PI / 180));
            case "deg":
                return b.Binary(OperationKind.Multiply, a[0], b.Constant(180 / Math.PI));
            case "sqr":
                return b.Power(a[0], 2);
            case "cot":
                return b.Binary(OperationKind.Divide, b.Constant(1), b.Unary(OperationKind.Tangent, a[0]));
            default:
                return Unary.TryGetValue(name, out var kind) ? b.Unary(kind, a[0]) : b.Binary(Binary[name], a[0], a[1]);
        }
    }
}
