using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics.Tests;

/// <summary>What must hold for every public function of the library, the ones not yet written included: no NaN and no infinity is ever taken for a number.</summary>
public class EveryFunctionTests
{
    private static readonly double[] Values = [1.5, 2.25, 1.75, 3.125, 2.5, 2.75];

    public static TheoryData<string> Functions => [.. All.Select(Key)];

    private static MethodInfo[] All { get; } = [.. typeof(Normal).Assembly.GetExportedTypes()
        .Where(t => t.IsAbstract && t.IsSealed)
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName && m.GetParameters().Any(p => IsNumeric(p.ParameterType)))];

    [Theory, MemberData(nameof(Functions))]
    public void Not_a_number_and_infinity_are_refused_in_each_argument_by_name(string function)
    {
        var method = All.Single(m => Key(m) == function);
        var parameters = method.GetParameters();
        var sound = Array.ConvertAll(parameters, p => Sound(method, p));
        method.Invoke(null, Array.ConvertAll(sound, Copy));
        for (var i = 0; i < sound.Length; i++)
            foreach (var bad in Bad(parameters[i]))
            {
                var arguments = Array.ConvertAll(sound, Copy);
                arguments[i] = Spoil(arguments[i], bad);
                if (arguments[i] is null)
                    continue;
                var thrown = Assert.Throws<TargetInvocationException>(() => method.Invoke(null, arguments)).InnerException;
                var refusal = Assert.IsType<ArgumentOutOfRangeException>(thrown);
                Assert.Equal(parameters[i].Name, refusal.ParamName);
            }
    }

    [Theory, MemberData(nameof(Functions))]
    public void A_missing_array_and_one_too_short_are_refused(string function)
    {
        var method = All.Single(m => Key(m) == function);
        var parameters = method.GetParameters();
        var sound = Array.ConvertAll(parameters, p => Sound(method, p));
        for (var i = 0; i < sound.Length; i++)
        {
            if (sound[i] is not Array array || parameters[i].HasDefaultValue)
                continue;
            var without = Array.ConvertAll(sound, Copy);
            without[i] = null;
            Assert.IsType<ArgumentNullException>(Assert.Throws<TargetInvocationException>(() => method.Invoke(null, without)).InnerException);
            var empty = Array.ConvertAll(sound, Copy);
            empty[i] = array.Rank == 2 ? new double[0, 0] : Array.CreateInstance(array.GetType().GetElementType()!, 0);
            Assert.IsType<ArgumentException>(Assert.Throws<TargetInvocationException>(() => method.Invoke(null, empty)).InnerException, exactMatch: false);
        }
    }

    [Theory, MemberData(nameof(Functions))]
    public void Uncertainties_of_results_must_be_greater_than_zero(string function)
    {
        var method = All.Single(m => Key(m) == function);
        var parameters = method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name is not ("standardUncertainties" or "transferUncertainties") || parameters[i].ParameterType != typeof(double[]))
                continue;
            foreach (var bad in new[] { 0, -1.0 })
            {
                var arguments = Array.ConvertAll(parameters, p => Sound(method, p));
                ((double[])arguments[i]!)[1] = bad;
                var refusal = Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => method.Invoke(null, arguments)).InnerException);
                Assert.Equal(parameters[i].Name, refusal.ParamName);
            }
        }
    }

    private static string Key(MethodInfo m) => $"{m.DeclaringType!.Name}.{m.Name}({string.Join(", ", m.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))})";

    private static bool IsNumeric(Type type) => type == typeof(double) || type == typeof(double?) || type == typeof(double[]) || type == typeof(double[,]) || type == typeof(double[][]);

    /// <summary>Degrees of freedom may be infinite where the remark says so: those parameters refuse NaN only.</summary>
    private static double[] Bad(ParameterInfo p) => !IsNumeric(p.ParameterType) ? []
        : p.Name!.Equals("degreesOfFreedom", StringComparison.Ordinal) && p.Member.DeclaringType != typeof(ChiSquare)
            ? [double.NaN] : [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static object? Sound(MethodInfo method, ParameterInfo p)
    {
        var name = p.Name!;
        if (p.ParameterType == typeof(double) || p.ParameterType == typeof(double?))
            return name == "degreesOfFreedom" ? 3.0 : name.Contains("robability", StringComparison.Ordinal) || name.Contains("ignificance", StringComparison.Ordinal)
                || name.Contains("coverage", StringComparison.OrdinalIgnoreCase) && !name.Contains("Factor", StringComparison.Ordinal) || name is "reliability" or "declaredQuality" ? 0.25 : name == "endTime" ? 20 : 1.0;
        if (p.ParameterType == typeof(double[]) && name is "phases" or "frequencies" or "phasesAb" or "phasesBc" or "phasesCa")
            return Record(60);
        if (p.ParameterType == typeof(double[]) && method.DeclaringType == typeof(Linearity) && name == "x")
            return new[] { 1.0, 1, 2, 2, 3, 3 };
        if (p.ParameterType == typeof(double[]) && (method.DeclaringType == typeof(CrossedAnova) || method.DeclaringType == typeof(GaugeStudy)))
            return new[] { 1.0, 1.5, 2, 2.5, 1.25, 1, 3, 3.5 };
        if (p.ParameterType == typeof(double[]) && name == "correlations")
            return new[] { 0.1, 0.2, 0, -0.1, 0.3, 0 };
        if (p.ParameterType == typeof(double[,]) && name == "jointCovariance")
            return Matrix.Diagonal([.. Enumerable.Repeat(1.0, 12)]);
        if (p.ParameterType == typeof(string[]) && (method.DeclaringType == typeof(CrossedAnova) || method.DeclaringType == typeof(GaugeStudy)))
            return name is "first" or "parts" ? new[] { "a", "a", "b", "b", "a", "a", "b", "b" } : ["x", "x", "x", "x", "y", "y", "y", "y"];
        if (p.ParameterType == typeof(string[][]))
            return new string[][] { ["a", "a", "a", "b", "b", "b"], ["1", "1", "2", "1", "2", "2"] };
        if (p.ParameterType == typeof(LineFit))
            return StraightLine.Ordinary(Values, [1, 2, 1.5, 3, 2.25, 2.5]);
        if (p.ParameterType == typeof(double[]))
            return name.Contains("egreesOfFreedom", StringComparison.Ordinal) ? [3.0, 4, 5, 6, 7, 8]
                : name is "priorMeans" or "priorPrecisions" ? [1.5, 2.25] : name is "weights" or "probabilities" ? [0.1, 0.2, 0.3, 0.2, 0.1, 0.1] : Values.ToArray();
        if (p.ParameterType == typeof(double[,]))
            return name == "correlations" ? Matrix.Diagonal([1, 1, 1, 1, 1, 1]) : name == "design" ? new double[,] { { 1, 0 }, { 1, 1 }, { 1, 2 }, { 1, 3 }, { 1, 5 }, { 1, 8 } } : Identity();
        if (p.ParameterType == typeof(double[][]) && name == "intervals")
            return new double[][] { [1, 2], [2, 3], [0, 1.5] };
        if (p.ParameterType == typeof(double[][]))
            return method.DeclaringType == typeof(IsochronousStability) ? new double[][] { [1], [2, 2.5], [4, 3], [1], [5, 5.5], [6] } : new double[][] { [1, 2, 2.5, 3, 1, 2], [2, 3, 2.5, 1, 2, 2], [2, 4, 3.5, 3, 3, 4], [1, 1.5, 3, 2, 5, 4] };
        if (p.ParameterType == typeof(int[]))
            return p.Name switch
            {
                "artefacts" or "comparisons" => new[] { 0, 1, 0, 1, 0, 1 },
                "participants" => [0, 0, 1, 1, 2, 2],
                "averagingFactors" => [1, 2, 4],
                "conforming" => [4, 5, 5, 3, 3, 2],
                _ => [5, 6, 7, 5, 6, 7],
            };
        if (p.ParameterType == typeof(bool[]) && name == "present")
            return Enumerable.Range(0, 60).Select(i => i % 13 != 12).ToArray();
        if (p.ParameterType == typeof(bool[]))
            return new[] { true, false, true, true, true, true };
        if (p.ParameterType == typeof(int))
            return p.HasDefaultValue ? p.Name is "replicates" or "draws" ? 1000 : p.DefaultValue : p.Name is "order" or "discrimination" ? 1 : p.Name == "windowLength" ? 20 : 5;
        if (p.ParameterType == typeof(QualityPoint))
            return name == "producersPoint" ? new QualityPoint(0.01, 0.95) : new QualityPoint(0.08, 0.1);
        if (p.ParameterType == typeof(UncertainNumber))
            return UncertainNumber.Of(2, 0.5);
        if (p.ParameterType == typeof(long))
            return 1000L;
        if (p.ParameterType == typeof(string) && method.DeclaringType == typeof(AqlTables))
            return name == "letter" ? "K" : "II";
        if (p.ParameterType == typeof(ToleranceLimits))
            return ToleranceLimits.Between(-2, 2);
        if (p.ParameterType == typeof(ProcessDistribution))
            return ProcessDistribution.Normal(0, 1);
        if (p.ParameterType == typeof(ConsensusResult))
            return WeightedMean.Of(Values, Values);
        if (p.ParameterType == typeof(HomogeneityStatistics))
            return HomogeneityTest.Statistics([[1, 2], [2, 3], [2, 4]]);
        if (p.ParameterType == typeof(Func<double[], double[], ConsensusResult>))
            return (Func<double[], double[], ConsensusResult>)DerSimonianLaird.Of;
        if (p.ParameterType == typeof(bool) && !p.HasDefaultValue)
            return true;
        if (p.ParameterType == typeof(Random))
            return new Random(1);
        if (p.HasDefaultValue)
            return p.DefaultValue is null && p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : p.DefaultValue;
        if (p.ParameterType.IsEnum)
            return Activator.CreateInstance(p.ParameterType);
        throw new NotSupportedException($"Say here what a sound {p.ParameterType.Name} is for {Key(method)}.");
    }

    /// <summary>A record long enough for every deviation, not a straight line.</summary>
    private static double[] Record(int length) => [.. Enumerable.Range(0, length).Select(i => Math.Sin(i * i) + 0.01 * i)];

    private static double[,] Identity()
    {
        var matrix = new double[6, 6];
        for (var i = 0; i < 6; i++)
            matrix[i, i] = 1 + i;
        return matrix;
    }

    private static object? Copy(object? argument) => argument switch
    {
        double[][] rows => Array.ConvertAll(rows, r => (double[])r.Clone()),
        Array array => array.Clone(),
        Random => new Random(1),
        _ => argument,
    };

    private static object? Spoil(object? argument, double bad)
    {
        switch (argument)
        {
            case double[][] rows:
                rows[1][1] = bad;
                return rows;
            case double[,] matrix:
                matrix[1, 1] = bad;
                return matrix;
            case double[] values:
                values[1] = bad;
                return values;
            case double:
                return bad;
            default:
                return null;
        }
    }
}
