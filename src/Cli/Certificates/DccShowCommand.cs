using System.CommandLine;
using System.Text.Encodings.Web;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc show FILE</c>: what a certificate says, in the terminal; <c>--json</c> everything in it.</summary>
internal static class DccShowCommand
{
    private static readonly System.Text.Json.JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CliTexts texts)
    {
        var file = DccInput.File(texts);
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = DccInput.Language(texts);
        var command = new Command("show", texts["dcc.show.summary"]) { file, json, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language) ?? texts.Culture.Name);
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (await DccInput.ReadAsync(call.GetRequiredValue(file), words, error, cancel) is not var (read, bytes))
                return 1;
            if (call.GetValue(json))
                await output.WriteLineAsync(DccJson.Of(read.Document).ToJsonString(indented));
            else
                Show(read, bytes, words, output);
            DccInput.Tell(call.GetRequiredValue(file), read.NotUnderstood, words, error);
            return 0;
        });
        return command;
    }

    private static void Show(DccFile read, byte[] bytes, CliTexts words, TextWriter output)
    {
        var (document, data, language) = (read.Document, read.Document.Administrative, words.Culture.Name);
        var page = DccHtml.Render(document, new() { Language = language });
        output.WriteLine($"{Clean(page.Title)}  {Clean(page.Number)}");
        Fact("dcc.show.issuer", page.Issuer);
        Fact("dcc.show.customer", data.Customer?.Name?.In(language));
        foreach (var item in data.Items.Items)
            Fact("dcc.show.item", string.Join("  ", new[] { item.Name?.In(language), item.Model, string.Join(", ", item.Identifications.Select(i => i.Value)) }.Where(t => !string.IsNullOrWhiteSpace(t))));
        Fact("dcc.show.performed", data.Core.BeginPerformanceDate == data.Core.EndPerformanceDate ? data.Core.BeginPerformanceDate : $"{data.Core.BeginPerformanceDate} – {data.Core.EndPerformanceDate}");
        Fact("dcc.show.issued", data.Core.IssueDate);
        foreach (var person in data.Persons)
            Fact("dcc.show.person", $"{person.Person?.Name?.In(language)} {(person.Role is null ? "" : $"({person.Role})")}");
        foreach (var statement in data.Statements)
            Fact("dcc.show.statement", string.Join("  ", new[] { statement.Name?.In(language), statement.Conformity, statement.Declaration?.In(language), statement.Date, statement.Period, string.Join(", ", statement.Norms) }.Where(t => !string.IsNullOrWhiteSpace(t))));
        foreach (var standard in document.Measurements.Equipment?.Equipments.Concat(document.Measurements.Results.SelectMany(r => r.Equipment?.Equipments ?? [])) ?? document.Measurements.Results.SelectMany(r => r.Equipment?.Equipments ?? []))
            Fact("dcc.show.standard", $"{standard.Name?.In(language)}  {standard.Certificate?.ReferralId}  {standard.Certificate?.Procedure} {standard.Certificate?.Value}");
        output.WriteLine();
        string[] head = [words["dcc.show.quantity"], words["dcc.show.value"], words["dcc.show.unit"], words["dcc.show.uncertainty"], "k"];
        foreach (var result in document.Measurements.Results.SelectMany(r => r.Results))
        {
            var rows = Quantities(result.Data?.Entries ?? []).SelectMany(q => SiSeries.Of(q.Value).SelectMany(s => s.Numbers.Select(n => Row(q, n, language)))).Take(500).ToArray();
            if (rows.Length == 0)
                continue;
            output.WriteLine(Clean(result.Name?.In(language)));
            TextTable.Write(output, [head, .. rows], [0, 2], "  ");
            output.WriteLine();
        }
        output.WriteLine($"DCC {read.Version?.Version ?? Clean(document.SchemaVersion)}  {DccInput.Digest(bytes)}");

        void Fact(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                output.WriteLine($"  {words[key]}  {Clean(value)}");
        }
    }

    private static string[] Row(DccQuantity quantity, SiNumber number, string language) =>
        [Clean(quantity.Name?.In(language) is { Length: > 0 } name ? name : quantity.RefType), Clean(UnitText.Number(number.Value) + (number.Second is null ? "" : $" {UnitText.Number(number.Second)}")), Clean(UnitText.Plain(number.Unit)), number.Uncertainty is null ? "" : UnitText.Number(number.Uncertainty.Value), number.Uncertainty?.Factor ?? ""];

    private static IEnumerable<DccQuantity> Quantities(IEnumerable<DccPart> entries) => entries.SelectMany(e => e switch
    {
        DccQuantity quantity => [quantity],
        DccList list => Quantities(list.Entries),
        _ => (IEnumerable<DccQuantity>)[],
    });

    /// <summary>A stranger's text on one line, without what would steer the terminal.</summary>
    private static string Clean(string? text) => string.Concat((text ?? "").EnumerateRunes().Select(r => r.Value == '\n' ? " " : System.Text.Rune.IsControl(r) || r.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) ? "" : r.ToString())).Trim();
}
