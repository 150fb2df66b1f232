namespace Plumbline.Numerics;

/// <summary>What a program's structure says of it: its degree in some inputs, and its coefficients where it is affine in all.</summary>
internal static class AffineModel
{
    /// <summary>Constant and coefficients of a result that is a sum of multiples of the inputs; null when it is not.</summary>
    internal static (double Constant, double[] Coefficients)? Of(ModelProgram program, int output)
    {
        var forms = new (double Constant, double[] Coefficients)?[program.Count];
        for (var i = 0; i <= output; i++)
        {
            var o = program.Operations[i];
            forms[i] = o.Kind switch
            {
                OperationKind.Constant => (o.Constant, new double[program.InputCount]),
                OperationKind.Input => (0, [.. Enumerable.Range(0, program.InputCount).Select(j => j == o.Left ? 1.0 : 0)]),
                OperationKind.Negate => Sum(forms[o.Left], -1, null, 0),
                OperationKind.Add => Sum(forms[o.Left], 1, forms[o.Right], 1),
                OperationKind.Subtract => Sum(forms[o.Left], 1, forms[o.Right], -1),
                OperationKind.Multiply => IsNumber(forms[o.Left]) is { } a ? Sum(forms[o.Right], a, null, 0) : IsNumber(forms[o.Right]) is { } b ? Sum(forms[o.Left], b, null, 0) : null,
                OperationKind.Divide => IsNumber(forms[o.Right]) is { } d && d != 0 ? Sum(forms[o.Left], 1 / d, null, 0) : null,
                _ => null,
            };
            // A function of numbers alone is a number.
            if (forms[i] is null && (o.IsUnary || o.IsBinary) && IsNumber(forms[o.Left]) is { } left && (o.IsUnary || IsNumber(forms[o.Right]) is not null))
                forms[i] = (OperationRules.Value(o, left, o.IsBinary ? IsNumber(forms[o.Right])!.Value : 0), new double[program.InputCount]);
        }
        return forms[output];
    }

    private static double? IsNumber((double Constant, double[] Coefficients)? form) => form is { } f && f.Coefficients.All(c => c == 0) ? f.Constant : null;

    private static (double, double[])? Sum((double Constant, double[] Coefficients)? x, double a, (double Constant, double[] Coefficients)? y, double b)
    {
        if (x is not { } left || b != 0 && y is null)
            return null;
        if (y is not { } right)
            return (a * left.Constant, Array.ConvertAll(left.Coefficients, c => a * c));
        return (a * left.Constant + b * right.Constant, [.. left.Coefficients.Zip(right.Coefficients, (c, d) => a * c + b * d)]);
    }

    /// <summary>Whether a result is of first degree in all the marked inputs together, whatever the others are.</summary>
    internal static bool IsAffineIn(ModelProgram program, int output, bool[] marked)
    {
        var degree = new int[program.Count];
        for (var i = 0; i <= output; i++)
        {
            var o = program.Operations[i];
            degree[i] = o.Kind switch
            {
                OperationKind.Constant => 0,
                OperationKind.Input => marked[o.Left] ? 1 : 0,
                OperationKind.Negate => degree[o.Left],
                OperationKind.Add or OperationKind.Subtract => Math.Max(degree[o.Left], degree[o.Right]),
                OperationKind.Multiply => Math.Min(2, degree[o.Left] + degree[o.Right]),
                OperationKind.Divide => degree[o.Right] == 0 ? degree[o.Left] : 2,
                _ => degree[o.Left] == 0 && (o.IsUnary || degree[o.Right] == 0) ? 0 : 2,
            };
        }
        return degree[output] <= 1;
    }
}
