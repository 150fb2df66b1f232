namespace Plumbline.Numerics;

/// <summary>Propagation to second order (二阶传播): what the curvature of a model does to its result, and whether first order is enough (JCGM 100:2008, 5.1.2 note; H.1.7).</summary>
/// <remarks>
/// <para>With H the matrix of second derivatives and U the covariance matrix of the inputs: E(y) ≈ f + ½tr(HU), u²(y) ≈ cUcᵀ + ½tr(HUHU). Exact for a quadratic model of normal inputs; third and fourth moments of independent inputs given by distributions are added. Every derivative is exact, also through implicit equations and for results built by operators.</para>
/// <para>Not valid where the model is far from quadratic within a few standard uncertainties: <see cref="Advises"/> says when to run Monte Carlo.</para>
/// </remarks>
public sealed class SecondOrder
{
    /// <summary>Third derivatives are computed of no more inputs than this.</summary>
    private const int MostForNote = 64;

    private SecondOrder(double value, double first, double bias, double curvature, double moments, double? gumNote)
    {
        Value = value;
        FirstOrderUncertainty = Math.Sqrt(first);
        Bias = bias;
        StandardUncertainty = Math.Sqrt(Math.Max(0, first + curvature + moments));
        NonlinearityIndex = curvature == 0 ? 0 : Math.Sqrt(curvature / first);
        RelativeBias = bias == 0 ? 0 : bias / FirstOrderUncertainty;
        GumNoteUncertainty = gumNote is { } note ? Math.Sqrt(Math.Max(0, note)) : null;
    }

    /// <summary>The result at the estimates, in its unit.</summary>
    public double Value { get; }

    /// <summary>u(y) to first order, same unit.</summary>
    public double FirstOrderUncertainty { get; }

    /// <summary>½tr(HU): the mean of y lies so much above the result at the estimates, same unit.</summary>
    public double Bias { get; }

    /// <summary>u(y) to second order, same unit.</summary>
    public double StandardUncertainty { get; }

    /// <summary>η = √(½tr(HUHU))/u₁; infinite where the first order vanishes.</summary>
    public double NonlinearityIndex { get; }

    /// <summary>Bias/u₁; infinite where the first order vanishes.</summary>
    public double RelativeBias { get; }

    /// <summary>u(y) by the note to JCGM 100, 5.1.2, which adds f_i·f_ijj but is stated for independent inputs; null for correlated inputs, implicit models and results of more than 64 inputs.</summary>
    public double? GumNoteUncertainty { get; }

    /// <summary>Whether Monte Carlo should decide, because the second order moves the result or its uncertainty by more than a tenth of the numerical tolerance δ of JCGM 101, 7.9.2.</summary>
    /// <param name="significantDigits">Of the uncertainty as reported, 1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 2 digits.</exception>
    public bool Advises(int significantDigits = 2)
    {
        if (significantDigits is < 1 or > 2)
            throw new ArgumentOutOfRangeException(nameof(significantDigits), significantDigits, "Must be 1 or 2.");
        if (FirstOrderUncertainty == 0)
            return StandardUncertainty > 0;
        // u = c·10^l with a whole number c of so many digits; δ = ½·10^l.
        var exponent = Math.Floor(Math.Log10(FirstOrderUncertainty)) - significantDigits + 1;
        var threshold = 0.1 * 0.5 * Math.Pow(10, exponent) / FirstOrderUncertainty;
        return Math.Abs(RelativeBias) > threshold || Math.Abs(StandardUncertainty / FirstOrderUncertainty - 1) > threshold;
    }

    /// <summary>One result of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantities">One for each of its quantities, in their order; they may be correlated.</param>
    /// <param name="result">Which result, counted from 0.</param>
    /// <remarks>The third and fourth moments of a quantity given by its distribution are used when all quantities are independent; others count as normal.</remarks>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    /// <exception cref="ArithmeticException">The model is not twice differentiable at the estimates.</exception>
    public static SecondOrder Of(MeasurementModel model, UncertainNumber[] quantities, int result = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        var y = model.Evaluate(quantities)[result];
        var inputs = ImplicitSolver.Solve(model, Array.ConvertAll(quantities, q => q.Value));
        var c = Row(model.Jacobian(inputs[..quantities.Length]), result);
        var h = Curvature.Of(model, inputs, result);
        return Of(y, Array.ConvertAll(quantities, q => q.Elementary?.Distribution), c, h, (i, j) => UncertainNumber.Covariance(quantities[i], quantities[j]), model.IsImplicit ? null : u => Note(model.Program, inputs, result, c, h, u));
    }

    /// <summary>A result computed by operators and functions, by models given as text, complex or in arrays: the steps it remembers are differentiated twice.</summary>
    /// <param name="result">The result; of its inputs no more than two thousand.</param>
    /// <remarks>As for a model, with the elementary quantities for inputs.</remarks>
    /// <exception cref="InvalidOperationException">It was read from an archive, which keeps derivatives of the first order alone, or it has too many inputs.</exception>
    /// <exception cref="ArithmeticException">It is not twice differentiable at the estimates.</exception>
    public static SecondOrder Of(UncertainNumber result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var recorded = RecordedProgram.Of(result);
        double[] inputs = [.. recorded.Inputs.Select(e => e.Value)];
        var c = Row(recorded.Program.Jacobian(inputs), 0);
        var h = Curvature.Hessian(recorded.Program, 0, inputs);
        return Of(result, [.. recorded.Inputs.Select(e => e.Distribution)], c, h, (i, j) => Covariance(recorded.Inputs[i], recorded.Inputs[j]), recorded.IsLocal || c.Length > MostForNote ? null : u => Note(recorded.Program, inputs, 0, c, h, u));
    }

    private static double Covariance(Elementary a, Elementary b) => ReferenceEquals(a, b) ? a.StandardUncertainty * a.StandardUncertainty
        : a.Group is { } group && group.IsSame(b.Group) ? group.Covariance(a.GroupIndex, b.GroupIndex) : 0;

    private static SecondOrder Of(UncertainNumber y, InputDistribution?[] distributions, double[] c, double[,] h, Func<int, int, double> covariance, Func<double[,], double>? note)
    {
        var n = c.Length;
        var u = new double[n, n];
        var independent = true;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                u[i, j] = u[j, i] = covariance(i, j);
                independent &= i == j || u[i, j] == 0;
            }
        double bias = 0, curvature = 0, moments = 0;
        for (var i = 0; i < n; i++)
        {
            if (!independent)
                continue;
            bias += 0.5 * h[i, i] * u[i, i];
            for (var j = 0; j < n; j++)
                curvature += 0.5 * h[i, j] * u[j, j] * h[j, i] * u[i, i];
            moments += Moments(distributions[i], c[i], h[i, i], u[i, i]);
        }
        if (!independent)
        {
            var hu = new double[n, n];
            for (var i = 0; i < n; i++)
                for (var k = 0; k < n; k++)
                    for (var j = 0; h[i, k] != 0 && j < n; j++)
                        hu[i, j] += h[i, k] * u[k, j];
            for (var i = 0; i < n; i++)
            {
                bias += 0.5 * hu[i, i];
                for (var j = 0; j < n; j++)
                    curvature += 0.5 * hu[i, j] * hu[j, i];
            }
        }
        var first = y.Derivatives.Variance;
        return new(y.Value, first, bias, Math.Max(0, curvature), moments, independent && note is not null ? first + note(u) : null);
    }

    /// <summary>c·h·μ₃ + ¼h²(μ₄ − 3σ⁴).</summary>
    private static double Moments(InputDistribution? x, double c, double h, double variance) => x is { ThirdCentralMoment: { } third, FourthCentralMoment: { } fourth }
        ? c * h * third + 0.25 * h * h * (fourth - 3 * variance * variance) : 0;

    /// <summary>ΣΣ(½f_ij² + f_i·f_ijj)u_i²u_j².</summary>
    private static double Note(ModelProgram program, double[] inputs, int result, double[] c, double[,] h, double[,] u)
    {
        var gradient = SymbolicGradient.Of(program, result);
        var sum = 0.0;
        for (var i = 0; i < c.Length; i++)
        {
            var third = SymbolicGradient.Of(gradient, i).Jacobian(inputs);
            for (var j = 0; j < c.Length; j++)
                sum += (0.5 * h[i, j] * h[i, j] + c[i] * third[j, j]) * u[i, i] * u[j, j];
        }
        return sum;
    }

    private static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j])];
}
