namespace Plumbline.Numerics;

/// <summary>A complex quantity with uncertainty (复数不确定数): two uncertain numbers and whatever covariance they have (JCGM 102:2011).</summary>
/// <remarks>Analytic functions act as 2×2 blocks [[a, −b], [b, a]] on the derivatives of real and imaginary part; modulus, phase and conjugate, which are not analytic, have blocks of their own. Immutable.</remarks>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
public sealed record UncertainComplex(UncertainNumber Real, UncertainNumber Imaginary)
{
    /// <summary>The estimate.</summary>
    public System.Numerics.Complex Value => new(Real.Value, Imaginary.Value);

    /// <summary>Covariance matrix of (real, imaginary).</summary>
    public double[,] Covariance
    {
        get
        {
            double re = Real.Derivatives.Variance, im = Imaginary.Derivatives.Variance, both = UncertainNumber.Covariance(Real, Imaginary);
            return new[,] { { re, both }, { both, im } };
        }
    }

    /// <summary>The correlation of real and imaginary part.</summary>
    public double Correlation => UncertainNumber.Correlation(Real, Imaginary);

    /// <summary>Effective degrees of freedom by the total-variance method (R. Willink and B. D. Hall, Metrologia 39 (2002) 361), or why it does not apply.</summary>
    public EffectiveDegreesOfFreedom DegreesOfFreedom
    {
        get
        {
            Sensitivities re = Real.Derivatives, im = Imaginary.Derivatives;
            var all = Total(re.Variance, re.Covariance(im), im.Variance);
            if (all == 0)
                return new(null, "no-uncertainty");
            if (Influences.Obstacle(re, im) is { } names)
                return new(null, "correlated", names);
            var sum = Influences.Of(re, im).Sum(i => Total(i.V11, i.V12, i.V22) / i.DegreesOfFreedom);
            return new(sum == 0 ? double.PositiveInfinity : all / sum);
        }
    }

    /// <summary>An input by its standard uncertainties.</summary>
    /// <param name="real">The real part, finite.</param>
    /// <param name="imaginary">The imaginary part, finite.</param>
    /// <param name="covariance">2 × 2 covariance matrix of (real, imaginary).</param>
    /// <param name="degreesOfFreedom">Common to both parts, greater than zero; infinite when known without doubt.</param>
    /// <param name="label">What to call it in a budget.</param>
    /// <exception cref="ArgumentException">The matrix is no covariance matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static UncertainComplex Of(double real, double imaginary, double[,] covariance, double degreesOfFreedom = double.PositiveInfinity, string? label = null)
    {
        Require.Finite(real);
        Require.Finite(imaginary);
        Require.DegreesOfFreedom(degreesOfFreedom);
        CorrelatedInputs.RequireCovariance(covariance, 2, label is null ? null : [$"Re {label}", $"Im {label}"]);
        var parts = CorrelatedInputs.Make([real, imaginary], covariance, [degreesOfFreedom, degreesOfFreedom], label is null ? null : [$"Re {label}", $"Im {label}"], double.IsFinite(degreesOfFreedom));
        return new(parts[0], parts[1]);
    }

    /// <summary>A number without uncertainty.</summary>
    public static UncertainComplex Exact(System.Numerics.Complex value) => new(UncertainNumber.Exact(value.Real), UncertainNumber.Exact(value.Imaginary));

    /// <summary>The mean of repeated observations of real and imaginary part (type A).</summary>
    /// <param name="real">At least two observations, finite.</param>
    /// <param name="imaginary">As many.</param>
    /// <param name="label">What to call it in a budget.</param>
    /// <exception cref="ArgumentException">The counts differ or are below two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An observation is not finite.</exception>
    public static UncertainComplex FromObservations(double[] real, double[] imaginary, string? label = null)
    {
        Require.Finite(real, 2);
        Require.Finite(imaginary);
        Require.SameLength(imaginary, real.Length);
        var parts = CorrelatedInputs.FromObservations([real, imaginary], label is null ? null : [$"Re {label}", $"Im {label}"]);
        return new(parts[0], parts[1]);
    }

    /// <summary>modulus · e^(i·phase).</summary>
    /// <param name="modulus">Any number.</param>
    /// <param name="phase">In radians.</param>
    public static UncertainComplex FromPolar(UncertainNumber modulus, UncertainNumber phase) => new(modulus * UncertainMath.Cos(phase), modulus * UncertainMath.Sin(phase));

    /// <summary>The sum.</summary>
    public static UncertainComplex operator +(UncertainComplex a, UncertainComplex b) => new(Given(a).Real + Given(b).Real, a.Imaginary + b.Imaginary);

    /// <summary>The difference.</summary>
    public static UncertainComplex operator -(UncertainComplex a, UncertainComplex b) => new(Given(a).Real - Given(b).Real, a.Imaginary - b.Imaginary);

    /// <summary>The negative.</summary>
    public static UncertainComplex operator -(UncertainComplex a) => new(-Given(a).Real, -a.Imaginary);

    /// <summary>The product.</summary>
    public static UncertainComplex operator *(UncertainComplex a, UncertainComplex b) => Analytic(ComplexStep.Product, Given(a), Given(b), a.Value * b.Value, b.Value, a.Value);

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainComplex operator /(UncertainComplex a, UncertainComplex b)
    {
        var value = Given(a).Value / Given(b).Value;
        return Analytic(ComplexStep.Quotient, a, b, value, 1 / b.Value, -value / b.Value);
    }

    /// <summary>Same as <c>+</c>.</summary>
    public static UncertainComplex Add(UncertainComplex left, UncertainComplex right) => left + right;

    /// <summary>Same as <c>−</c>.</summary>
    public static UncertainComplex Subtract(UncertainComplex left, UncertainComplex right) => left - right;

    /// <summary>Same as <c>×</c>.</summary>
    public static UncertainComplex Multiply(UncertainComplex left, UncertainComplex right) => left * right;

    /// <summary>Same as <c>÷</c>.</summary>
    public static UncertainComplex Divide(UncertainComplex left, UncertainComplex right) => left / right;

    /// <summary>Same as <c>−</c> with one operand.</summary>
    public static UncertainComplex Negate(UncertainComplex item) => -item;

    /// <summary>|z|; not differentiable at zero.</summary>
    /// <exception cref="ArithmeticException">The estimate is zero.</exception>
    public UncertainNumber Modulus() => UncertainMath.Hypot(Real, Imaginary);

    /// <summary>The phase in (−π, π].</summary>
    /// <exception cref="ArithmeticException">The estimate is zero.</exception>
    public UncertainNumber Phase() => UncertainMath.Atan2(Imaginary, Real);

    /// <summary>The complex conjugate.</summary>
    public UncertainComplex Conjugate() => new(Real, -Imaginary);

    /// <summary>√z, principal value.</summary>
    public UncertainComplex Sqrt()
    {
        var root = System.Numerics.Complex.Sqrt(Value);
        return Analytic(ComplexStep.SquareRoot, this, null, root, 0.5 / root, default);
    }

    /// <summary>e^z.</summary>
    public UncertainComplex Exp()
    {
        var value = System.Numerics.Complex.Exp(Value);
        return Analytic(ComplexStep.Exponential, this, null, value, value, default);
    }

    /// <summary>ln z, principal value.</summary>
    public UncertainComplex Log() => Analytic(ComplexStep.Logarithm, this, null, System.Numerics.Complex.Log(Value), 1 / Value, default);

    /// <summary>sin z.</summary>
    public UncertainComplex Sin() => Analytic(ComplexStep.Sine, this, null, System.Numerics.Complex.Sin(Value), System.Numerics.Complex.Cos(Value), default);

    /// <summary>cos z.</summary>
    public UncertainComplex Cos() => Analytic(ComplexStep.Cosine, this, null, System.Numerics.Complex.Cos(Value), -System.Numerics.Complex.Sin(Value), default);

    /// <summary>tanh z.</summary>
    public UncertainComplex Tanh()
    {
        var value = System.Numerics.Complex.Tanh(Value);
        return Analytic(ComplexStep.HyperbolicTangent, this, null, value, 1 - value * value, default);
    }

    /// <summary>z to a whole power.</summary>
    /// <param name="exponent">The power; a negative one needs an estimate other than zero.</param>
    public UncertainComplex Pow(int exponent) => Analytic(ComplexStep.WholePower, this, null, Whole(Value, exponent), exponent * Whole(Value, exponent - 1), default, exponent);

    /// <summary>z^w, principal value.</summary>
    /// <param name="exponent">The exponent.</param>
    public UncertainComplex Pow(UncertainComplex exponent)
    {
        var value = System.Numerics.Complex.Pow(Value, Given(exponent).Value);
        return Analytic(ComplexStep.Power, this, exponent, value, exponent.Value * value / Value, value * System.Numerics.Complex.Log(Value));
    }

    private static System.Numerics.Complex Whole(System.Numerics.Complex z, int power)
    {
        var result = System.Numerics.Complex.One;
        for (var k = 0; k < Math.Abs(power); k++)
            result *= z;
        return power < 0 ? 1 / result : result;
    }

    private static double Total(double v11, double v12, double v22) => 2 * v11 * v11 + (v11 * v22 + v12 * v12) + 2 * v22 * v22;

    /// <summary>A function of one or two complex numbers with complex derivatives.</summary>
    private static UncertainComplex Analytic(ComplexStep step, UncertainComplex a, UncertainComplex? b, System.Numerics.Complex value, System.Numerics.Complex da, System.Numerics.Complex db, int exponent = 0)
    {
        if (!double.IsFinite(da.Real) || !double.IsFinite(da.Imaginary) || !double.IsFinite(db.Real) || !double.IsFinite(db.Imaginary))
            throw new ArithmeticException("The function has no finite derivative at this estimate.");
        UncertainNumber[] parents = b is null ? [a.Real, a.Imaginary] : [a.Real, a.Imaginary, b.Real, b.Imaginary];
        double[] re = [da.Real, -da.Imaginary, db.Real, -db.Imaginary], im = [da.Imaginary, da.Real, db.Imaginary, db.Real];
        return new(UncertainNumber.Of(value.Real, parents, re, how: new ComplexDerivation(step, false, exponent)), UncertainNumber.Of(value.Imaginary, parents, im, how: new ComplexDerivation(step, true, exponent)));
    }

    private static UncertainComplex Given(UncertainComplex a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a;
    }
}
