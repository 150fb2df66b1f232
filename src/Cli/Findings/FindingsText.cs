namespace Plumbline.Cli;

/// <summary>Findings on a terminal.</summary>
internal static class FindingsText
{
    public static void Write(Findings findings, TextWriter output)
    {
        output.WriteLine(findings.Title);
        var label = findings.Facts.Select(f => TextTable.Width(Terminal(f.Label))).DefaultIfEmpty(0).Max();
        foreach (var fact in findings.Facts)
        {
            var name = Terminal(fact.Label);
            output.WriteLine($"  {name}{TextTable.Blank(label - TextTable.Width(name))}  {fact.Value}");
        }
        foreach (var table in findings.Tables)
        {
            output.WriteLine();
            output.WriteLine(Terminal(table.Caption));
            TextTable.Write(output, [Array.ConvertAll(table.Head, Terminal), .. table.Rows], table.Left);
        }
        if (findings.Notes.Count > 0)
            output.WriteLine();
        foreach (var note in findings.Notes)
            output.WriteLine($"! {note}");
    }

    /// <summary>A label without italics: <c>x_ref</c>, <c>χ²</c>.</summary>
    internal static string Terminal(string label) =>
        label.Replace("*", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("^2", "²", StringComparison.Ordinal);
}
