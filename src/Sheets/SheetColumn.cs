namespace Plumbline.Sheets;

/// <summary>A column the caller asked for: found or not, once or several times.</summary>
public sealed class SheetColumn
{
    private readonly IReadOnlyList<string> names;
    private readonly IReadOnlyList<string> headers;

    internal SheetColumn(string key, IReadOnlyList<string> names, int index, IReadOnlyList<string> headers)
    {
        Key = key;
        Index = index;
        this.names = names;
        this.headers = headers;
    }

    public string Key { get; }

    public int Index { get; }

    public bool Found => Index >= 0;

    /// <summary>The header as it stands in the table; the preferred name when the column is missing.</summary>
    public string Header => Found ? headers[0] : names[0];

    /// <summary>The unit the header carries, "mV" in "测得值 (mV)" or "value / mV"; null without one.</summary>
    public string? Unit => Found ? HeaderText.Split(headers[0]).Unit : null;

    /// <summary>What is wrong with the column itself: missing though required, or present twice under different accepted names.</summary>
    public IEnumerable<SheetProblem> Problems(bool required = true)
    {
        if (required && !Found)
            yield return new("sheet.missing-column", Column: names[0], Arguments: string.Join(", ", names));
        if (headers.Count > 1)
            yield return new("sheet.ambiguous-column", Column: names[0], Arguments: string.Join(", ", headers));
    }
}
