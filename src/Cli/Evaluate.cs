using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Cli;

/// <summary><c>plumbline evaluate FILE</c>: the evaluation of a comparison without any server.</summary>
internal static class Evaluate
{
    internal static Command Command(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["cli.evaluate.file"] };
        var method = new Option<ReferenceMethod?>("--method") { Description = texts["cli.evaluate.method", string.Join(", ", Enum.GetNames<ReferenceMethod>())] };
        var factor = new Option<double?>("--coverage-factor", "-k") { Description = texts["cli.evaluate.factor"] };
        var points = new Option<string?>("--points") { Description = texts["cli.evaluate.points"] };
        var pilot = new Option<string?>("--pilot") { Description = texts["cli.evaluate.pilot"] };
        var unit = new Option<string?>("--unit") { Description = texts["cli.evaluate.unit"] };
        var title = new Option<string?>("--title") { Description = texts["cli.evaluate.title"] };
        var keep = new Option<bool>("--keep-outliers") { Description = texts["cli.evaluate.keep"] };
        var json = new Option<bool>("--json") { Description = texts["cli.evaluate.json"] };
        var markdown = new Option<bool>("--markdown") { Description = texts["cli.evaluate.markdown"] };
        var report = new Option<string?>("--report") { Description = texts["cli.evaluate.report"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("evaluate", texts["cli.evaluate.summary"]) { file, method, factor, points, pilot, unit, title, keep, json, markdown, report, language };
        command.SetAction(async (result, cancel) =>
        {
            var culture = CliTexts.For(result.GetValue(language)).Culture;
            CultureInfo.CurrentUICulture = culture;
            await using var services = Services();
            var words = services.GetRequiredService<Texts>();
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var read = EvaluationFile.Read(result.GetRequiredValue(file), problem => new Refusal("file-sheet", null, string.Format(CultureInfo.InvariantCulture, words[problem.Code], problem.FormatArguments)));
            if (read.Value is not { } input)
                return Refuse(read.Refusals, words, error);
            input = Adjust(input, result.GetValue(method), result.GetValue(factor), result.GetValue(points), result.GetValue(keep), result.GetValue(pilot), result.GetValue(unit), result.GetValue(title));
            if (EvaluationInputRules.Refusals(input).ToArray() is { Length: > 0 } refusals)
                return Refuse(refusals, words, error);
            var model = new ReportModel { Kind = ReportKind.Evaluation, Input = input, Result = EvaluationEngine.Run(input), Software = $"plumbline {typeof(Evaluate).Assembly.GetName().Version!.ToString(3)}" };
            if (result.GetValue(json))
                await output.WriteLineAsync(model.Result.ToJson());
            else
                new EvaluationPrint(model, words, output, result.GetValue(markdown)).Write();
            return result.GetValue(report) is { } path ? await WriteAsync(model, path, services, words, output, error, cancel) : 0;
        });
        return command;
    }

    private static EvaluationInput Adjust(EvaluationInput input, ReferenceMethod? method, double? factor, string? points, bool keepOutliers, string? pilot, string? unit, string? title)
    {
        var options = input.Options with { Method = method ?? input.Options.Method, CoverageFactor = factor ?? input.Options.CoverageFactor, ExcludeOutliers = input.Options.ExcludeOutliers && !keepOutliers };
        var wanted = points?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return input with
        {
            Options = options,
            Comparison = input.Comparison with { Unit = unit ?? input.Comparison.Unit, Title = title ?? input.Comparison.Title, TitleEn = title ?? input.Comparison.TitleEn },
            Points = [.. input.Points.Where(p => wanted is null || wanted.Contains(p.Id))],
            Results = [.. input.Results.Where(r => wanted is null || wanted.Contains(r.Point))],
            Laboratories = pilot is null ? input.Laboratories : [.. input.Laboratories.Select(l => l with { IsPilot = l.Code == pilot })],
        };
    }

    private static async Task<int> WriteAsync(ReportModel model, string path, IServiceProvider services, Texts words, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        if (!ReportFormats.All.Contains(format))
            return Refuse([new Refusal("report-format", null, path, string.Join(", ", ReportFormats.All))], words, error, 2);
        var rendered = await services.GetRequiredService<ReportFormats>().RenderAsync(model, Texts.IsEnglish ? "en" : "zh", format, cancel);
        if (!rendered.Accepted)
            return Refuse(rendered.Refusals, words, error);
        try
        {
            await File.WriteAllBytesAsync(path, rendered.Value!, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse([new Refusal("report-not-written", null, path, fault.Message)], words, error);
        }
        await output.WriteLineAsync(words["cli.evaluate.written", path, rendered.Value!.Length]);
        return 0;
    }

    /// <returns>1 for a refused input, 2 for a wrong call.</returns>
    private static int Refuse(IEnumerable<Refusal> refusals, Texts words, TextWriter error, int code = 1)
    {
        foreach (var refusal in refusals)
            error.WriteLine(words.Of(refusal));
        return code;
    }

    private static ServiceProvider Services() => new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddInterface()
        .AddTexts<ComparisonsTexts>().AddTexts<SheetsTexts>().AddTexts<CliTexts>().AddSingleton<ReportFormats>().BuildServiceProvider();
}

/// <summary>The evaluation as text: aligned for a terminal, or as Markdown tables.</summary>
internal sealed class EvaluationPrint(ReportModel model, Texts t, TextWriter output, bool markdown)
{
    public void Write()
    {
        output.WriteLine(markdown ? $"# {model.Title}\n" : model.Title);
        if (model.Input.Comparison.Source is { } source)
            output.WriteLine(t["report.source", source] + (markdown ? "\n" : ""));
        foreach (var point in model.Result.Points)
            Point(point);
        foreach (var warning in model.Result.Warnings)
            output.WriteLine($"{(markdown ? "- " : "! ")}{Place(warning)}{MathText.Plain(t[$"evaluation.warning.{warning.Code}", [.. warning.Arguments]])}");
        output.WriteLine($"{t["report.engine"]} {model.Result.EngineVersion} · SHA-256 {model.Result.InputSha256}");
    }

    private void Point(PointEvaluation point)
    {
        output.WriteLine(markdown ? $"## {model.LabelOf(point)}\n" : model.Result.Points.Count > 1 ? $"\n[{model.LabelOf(point)}]" : "");
        if (point.Reference is { } reference)
        {
            output.WriteLine($"{t["report.reference.short"]} ({t.Of(reference.Method)}): {Numbers.PlusMinus(reference.Value, reference.ExpandedUncertainty, model.Unit)} (k = {Numbers.Of(reference.CoverageFactor)})"
                + (reference.Tau is { } tau ? $", τ = {Numbers.Uncertainty(tau)}" : ""));
            if (point.Consistency is { } test)
                output.WriteLine($"χ² = {Numbers.Fixed(test.ChiSquared, 2)}, ν = {test.DegreesOfFreedom}, p = {Numbers.Significant(test.PValue, 3)}: {t[test.Passed ? "report.consistent" : "report.inconsistent"]}; R_B = {Numbers.Fixed(test.BirgeRatio, 2)}");
        }
        output.WriteLine();
        var unit = Units.Text(model.Unit) is { Length: > 0 } u ? $" / {u}" : "";
        List<string[]> rows = [[t["report.laboratory"], $"x{unit}", $"U{unit}", "k", $"d{unit}", $"U(d){unit}", "E_n", t["cli.evaluate.form"], t["report.verdict"]]];
        foreach (var f in point.Laboratories)
            rows.Add([f.Laboratory, Numbers.Typed(f.ValueText), Numbers.Typed(f.UncertaintyText), Numbers.Significant(f.CoverageFactor, 3), f.DeviationExpanded is { } ud ? Numbers.Fixed(f.Deviation, Numbers.DecimalsFor(ud)) : Numbers.None,
                Numbers.Uncertainty(f.DeviationExpanded), Numbers.Score(f.En, 2, 1, -1), f.Form is { } form ? t.Of(form) : Numbers.None, f.NotScored is { } none ? t.Of(none) : t.Of(f.Verdict)]);
        Table(rows);
        output.WriteLine();
    }

    private void Table(List<string[]> rows)
    {
        if (!markdown)
        {
            TextTable.Write(output, rows, [0, 7, 8]);
            return;
        }
        for (var r = 0; r < rows.Count; r++)
        {
            output.WriteLine($"| {string.Join(" | ", rows[r])} |");
            if (r == 0)
                output.WriteLine($"|{string.Join("|", rows[0].Select((_, i) => i is 0 or 7 or 8 ? "---" : "---:"))}|");
        }
    }

    private string Place(EvaluationWarning warning)
    {
        var place = string.Join(" · ", new[] { warning.Point is { } p && model.Input.Points.Count > 1 ? p : null, warning.Laboratory }.Where(w => w is not null));
        return place.Length > 0 ? $"{place}: " : "";
    }
}
