namespace Plumbline.Numerics;

/// <summary>How a stress shortens life.</summary>
public enum LifeStressModel
{
    /// <summary>Arrhenius: ln life = a + E/(k T) (阿伦尼斯模型).</summary>
    Arrhenius,

    /// <summary>Eyring: ln life = a + E/(k T) − ln T (艾林模型).</summary>
    Eyring,

    /// <summary>Inverse power: ln life = a − n ln V (逆幂律模型).</summary>
    InversePower,
}

/// <summary>Accelerated life tests (加速寿命试验; GB/T 2689, IEC 62506): life at several stresses, one scale for all.</summary>
public static class AcceleratedLife
{
    /// <summary>Boltzmann's constant in eV/K (exact SI values).</summary>
    internal const double Boltzmann = 1.380649e-23 / 1.602176634e-19;

    /// <summary>Fits the model by maximum likelihood, with right censoring.</summary>
    /// <param name="times">Times of failure or of being taken off, greater than zero, at least three.</param>
    /// <param name="stresses">Stress of each unit, greater than zero: temperature in kelvins for Arrhenius and Eyring, any other stress (voltage, load) for the inverse power law.</param>
    /// <param name="failed">Whether each unit failed.</param>
    /// <param name="model">The life–stress relation.</param>
    /// <param name="distribution">Of lives at one stress.</param>
    /// <returns>The fit, from which life at the stress of use is read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time or stress is not finite or not positive.</exception>
    /// <exception cref="ArgumentException">Too few units, failures at fewer than two stresses, or lengths differ.</exception>
    public static AcceleratedLifeFit Fit(double[] times, double[] stresses, bool[] failed, LifeStressModel model = LifeStressModel.Arrhenius, LifeDistribution distribution = LifeDistribution.Weibull)
    {
        Require.Finite(times, 3);
        Require.Positive(times, times.Length);
        Require.Positive(stresses, times.Length);
        Require.SameLength(failed, times.Length);
        if (!Enum.IsDefined(model))
            throw new ArgumentOutOfRangeException(nameof(model), model, "Must be one of the models.");
        if (!Enum.IsDefined(distribution))
            throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Must be one of the distributions.");
        if (stresses.Where((_, i) => failed[i]).Distinct().Count() < 2)
            throw new ArgumentException("Units must have failed at two stresses at least.", nameof(stresses));
        // The stress is centred so that intercept and slope do not lean on each other.
        var centre = stresses.Average(s => Transform(model, s));
        var data = new Lifetimes([.. failed.Select(f => f ? Observation.Exact : Observation.RightCensored)],
            [.. times.Select((t, i) => Math.Log(t) + (model == LifeStressModel.Eyring ? Math.Log(stresses[i]) : 0))], [.. times.Select(_ => double.NaN)]);
        var likelihood = new LifeLikelihood(distribution == LifeDistribution.Lognormal ? LifeFamily.Gauss : LifeFamily.SmallestExtreme, data,
            [.. stresses.Select(s => (double[])[1, Transform(model, s) - centre])], distribution == LifeDistribution.Exponential);
        var maximum = likelihood.Maximise();
        // Eyring's ln T was added to ln t; the density in t has it once for every failure.
        var jacobian = model == LifeStressModel.Eyring ? stresses.Where((_, i) => failed[i]).Sum(Math.Log) : 0;
        return new(model, distribution, maximum, centre, maximum.LogLikelihood + jacobian);
    }

    internal static double Transform(LifeStressModel model, double stress) => model == LifeStressModel.InversePower ? -Math.Log(stress) : 1 / (Boltzmann * stress);

    /// <summary>How many times faster life passes at a temperature of test than at one of use, of a given activation energy.</summary>
    /// <param name="activationEnergy">E in eV, greater than zero.</param>
    /// <param name="useTemperature">Kelvins, greater than zero.</param>
    /// <param name="testTemperature">Kelvins, greater than zero.</param>
    /// <returns>exp(E/k (1/T<sub>use</sub> − 1/T<sub>test</sub>)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not positive.</exception>
    public static double ArrheniusFactor(double activationEnergy, double useTemperature, double testTemperature)
    {
        Require.Positive(activationEnergy);
        Require.Positive(useTemperature);
        Require.Positive(testTemperature);
        return Math.Exp(activationEnergy / Boltzmann * (1 / useTemperature - 1 / testTemperature));
    }
}

/// <summary>A fitted life–stress relation.</summary>
public sealed record AcceleratedLifeFit
{
    private readonly double[,] covariance;
    private readonly double centre;
    private readonly double[] theta;

    internal AcceleratedLifeFit(LifeStressModel model, LifeDistribution distribution, LifeLikelihood.Maximum maximum, double centre, double logLikelihood)
    {
        (Model, Distribution, LogLikelihood, Converged, theta, this.centre) = (model, distribution, logLikelihood, maximum.Converged, maximum.Theta, centre);
        covariance = Inverse(maximum.Information, distribution == LifeDistribution.Exponential);
    }

    /// <summary>The life–stress relation.</summary>
    public LifeStressModel Model { get; }

    /// <summary>The distribution at one stress.</summary>
    public LifeDistribution Distribution { get; }

    /// <summary>ln L at the maximum.</summary>
    public double LogLikelihood { get; }

    /// <summary>Whether a maximum was found.</summary>
    public bool Converged { get; }

    /// <summary>Activation energy in eV, or the exponent n of the inverse power law.</summary>
    public double Slope => theta[1] / theta[2];

    /// <summary>Standard error of the slope.</summary>
    public double SlopeStandardError
    {
        get
        {
            double[] g = [0, 1 / theta[2], -theta[1] / (theta[2] * theta[2])];
            return Math.Sqrt(Variance(g));
        }
    }

    /// <summary>σ of ln t at one stress; 1/β for Weibull.</summary>
    public double Scale => 1 / theta[2];

    /// <summary>Characteristic life (Weibull), mean (exponential) or median (lognormal) at a stress.</summary>
    /// <param name="stress">Greater than zero, as in the data.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stress is not positive.</exception>
    public double CharacteristicLife(double stress) => Math.Exp(LogLife(stress));

    /// <summary>Confidence interval of that life, symmetric in its logarithm.</summary>
    /// <param name="stress">Greater than zero, as in the data.</param>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <remarks>Far outside the stresses tested the interval holds only as far as the model does.</remarks>
    public Interval LifeInterval(double stress, double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        double life = LogLife(stress), x = AcceleratedLife.Transform(Model, stress) - centre, inverse = theta[2];
        double[] g = [1 / inverse, x / inverse, -(theta[0] + x * theta[1]) / (inverse * inverse)];
        var half = Normal.UpperQuantile((1 - coverageProbability) / 2) * Math.Sqrt(Variance(g));
        return new(Math.Exp(life - half), Math.Exp(life + half));
    }

    /// <summary>How many times faster life passes at one stress than at another.</summary>
    /// <param name="useStress">Greater than zero.</param>
    /// <param name="testStress">Greater than zero.</param>
    /// <returns>Life at use over life at test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A stress is not positive.</exception>
    public double AccelerationFactor(double useStress, double testStress)
    {
        Require.Positive(useStress);
        Require.Positive(testStress);
        return Math.Exp(LogLife(useStress) - LogLife(testStress));
    }

    private double LogLife(double stress)
    {
        Require.Positive(stress);
        var life = (theta[0] + theta[1] * (AcceleratedLife.Transform(Model, stress) - centre)) / theta[2];
        return Model == LifeStressModel.Eyring ? life - Math.Log(stress) : life;
    }

    private double Variance(double[] g)
    {
        double sum = 0;
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                sum += g[i] * covariance[i, j] * g[j];
        return Math.Max(0, sum);
    }

    private static double[,] Inverse(double[,] information, bool scaleKnown)
    {
        var n = scaleKnown ? 2 : 3;
        var part = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                part[i, j] = information[i, j];
        var lower = Matrix.Cholesky(part, nameof(information));
        var inverse = new double[3, 3];
        for (var k = 0; k < n; k++)
        {
            var column = new double[n];
            column[k] = 1;
            Matrix.ForwardSolve(lower, column);
            Matrix.BackwardSolve(lower, column);
            for (var i = 0; i < n; i++)
                inverse[i, k] = column[i];
        }
        return inverse;
    }
}
