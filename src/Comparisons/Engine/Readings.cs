using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>A result made comparable: k normalised, brought to the common date and the common transfer standard.</summary>
internal sealed record Reading(InputLaboratory Laboratory, InputResult Result)
{
    public required double CoverageFactor { get; init; }
    public double Own => Result.ExpandedUncertainty / CoverageFactor;
    public double DriftCorrection { get; init; }
    public double DriftUncertainty { get; init; }
    public double StandardCorrection { get; init; }
    public double StandardUncertainty { get; init; }
    public double Value => Result.Value + DriftCorrection + StandardCorrection;
    public double Transfer => Root(Result.Transfer.Homogeneity, Result.Transfer.Stability, Result.Transfer.Transport, DriftUncertainty, StandardUncertainty);
    public double Combined => Transfer == 0 ? Own : double.Hypot(Own, Transfer);

    private static double Root(params ReadOnlySpan<double> parts)
    {
        var root = 0.0;
        foreach (var part in parts)
            root = double.Hypot(root, part);
        return root;
    }
}

internal static class Readings
{
    public static (IReadOnlyList<Reading> Readings, IReadOnlyList<DriftFigures> Drift) Of(EvaluationInput input, InputPoint point, List<EvaluationWarning> warnings)
    {
        var byLaboratory = input.Results.Where(r => r.Point == point.Id).GroupBy(r => r.Laboratory).ToDictionary(g => g.Key, g => g.ToArray());
        var standards = input.Results.Where(r => r.Point == point.Id).Select(r => r.TransferStandard).Distinct().ToArray();
        var curves = standards.Select(s => TransferDrift.Fit(input, point, s, warnings)).OfType<TransferDrift>().ToArray();
        var readings = new List<Reading>();
        foreach (var laboratory in input.Laboratories)
        {
            // The pilot laboratory measures every transfer standard; its result on the first is the one compared.
            if (!byLaboratory.TryGetValue(laboratory.Code, out var results))
                continue;
            var result = results[0];
            var reading = new Reading(laboratory, result) { CoverageFactor = FactorOf(result) };
            var curve = curves.FirstOrDefault(c => c.Standard == result.TransferStandard);
            if (curve is not null)
                reading = curve.Correct(reading, input.Options.CorrectDrift, warnings);
            if (standards.Length > 1)
                reading = ToCommonStandard(input, point, reading, curves, warnings);
            readings.Add(reading);
        }
        return (readings, [.. curves.Select(c => c.Figures)]);
    }

    /// <summary>k as reported, or the t factor of the reported coverage probability and degrees of freedom.</summary>
    private static double FactorOf(InputResult result) => result.CoverageFactor
        ?? Coverage.Factor(result.CoverageProbability!.Value, result.DegreesOfFreedom ?? double.PositiveInfinity);

    /// <summary>Like standards differ by what the pilot laboratory finds between them.</summary>
    private static Reading ToCommonStandard(EvaluationInput input, InputPoint point, Reading reading, TransferDrift[] curves, List<EvaluationWarning> warnings)
    {
        var pilot = input.Laboratories.First(l => l.IsPilot).Code;
        var own = input.Results.Where(r => r.Point == point.Id && r.Laboratory == pilot).ToArray();
        var common = own.Length > 0 ? own[0].TransferStandard : null;
        if (reading.Result.TransferStandard == common)
            return reading;
        if (Find(common) is not { } origin || Find(reading.Result.TransferStandard) is not { } here)
        {
            warnings.Add(new("standards-not-linked", point.Id, reading.Laboratory.Code));
            return reading;
        }
        return reading with { StandardCorrection = origin.Value - here.Value, StandardUncertainty = double.Hypot(origin.Uncertainty, here.Uncertainty) };

        (double Value, double Uncertainty)? Find(string? standard) =>
            curves.FirstOrDefault(c => c.Standard == standard) is { } curve ? curve.AtCommonDate
            : own.FirstOrDefault(r => r.TransferStandard == standard) is { } result ? (result.Value, result.ExpandedUncertainty / FactorOf(result))
            : null;
    }
}

/// <summary>The drift of one transfer standard at one point, fitted to the pilot laboratory's returns by a straight line.</summary>
internal sealed class TransferDrift
{
    private readonly DriftFit fit;
    private readonly double common;

    private TransferDrift(string? standard, DriftFit fit, DriftFigures figures) =>
        (Standard, this.fit, Figures, common) = (standard, fit, figures, figures.CommonDate.DayNumber);

    public string? Standard { get; }
    public DriftFigures Figures { get; }
    public (double Value, double Uncertainty) AtCommonDate => fit.At(common);

    /// <summary>Null without returns on two days, or where their scatter cannot be judged.</summary>
    public static TransferDrift? Fit(EvaluationInput input, InputPoint point, string? standard, List<EvaluationWarning> warnings)
    {
        var returns = input.Returns.Where(r => r.Point == point.Id && (r.TransferStandard == standard || standard is null)).OrderBy(r => r.MeasuredOn).ToArray();
        if (returns.Select(r => r.MeasuredOn).Distinct().Count() < 2)
        {
            if (input.Options.CorrectDrift)
                warnings.Add(new("no-returns", point.Id));
            return null;
        }
        double[] times = [.. returns.Select(r => (double)r.MeasuredOn.DayNumber)], values = [.. returns.Select(r => r.Value)];
        var known = returns.All(r => r.StandardUncertainty > 0);
        if (!known && returns.Length < 3)
        {
            warnings.Add(new("drift-not-judged", point.Id));
            return null;
        }
        var fit = known ? TransferStandardDrift.Fit(times, values, [.. returns.Select(r => r.StandardUncertainty!.Value)]) : TransferStandardDrift.FitFromScatter(times, values);
        // Half way between the first and the last return the fitted value is most certain.
        var middle = DateOnly.FromDayNumber((returns[0].MeasuredOn.DayNumber + returns[^1].MeasuredOn.DayNumber) / 2);
        var figures = new DriftFigures
        {
            TransferStandard = standard, Returns = returns.Length, First = returns[0].MeasuredOn, Last = returns[^1].MeasuredOn, CommonDate = middle,
            Value = fit.At(middle.DayNumber).Value, Slope = fit.Slope, SlopeUncertainty = fit.SlopeStandardUncertainty, PValue = fit.DriftPValue, Significant = fit.DriftPValue < 0.05,
            Applied = input.Options.CorrectDrift, ResidualStandardDeviation = fit.ResidualStandardDeviation,
        };
        if (figures.Significant && !figures.Applied)
            warnings.Add(new("drift-not-corrected", point.Id));
        return new(standard, fit, figures);
    }

    public Reading Correct(Reading reading, bool correct, List<EvaluationWarning> warnings)
    {
        if (!correct)
            return reading;
        if (reading.Result.MeasuredOn is not { } day)
        {
            // Somewhere between the first and the last return: the whole change as a rectangular distribution.
            var change = Figures.Slope * (Figures.Last.DayNumber - Figures.First.DayNumber);
            warnings.Add(new("no-date", reading.Result.Point, reading.Laboratory.Code));
            return reading with { DriftUncertainty = Math.Abs(change) / Math.Sqrt(12) };
        }
        var (drift, uncertainty) = fit.Between(common, day.DayNumber);
        return reading with { DriftCorrection = -drift, DriftUncertainty = uncertainty };
    }
}
