namespace Plumbline.Certificates;

/// <summary>Quantities on one line.</summary>
internal static class QuantityText
{
    /// <summary>The value of a quantity, encoded: numbers with uncertainty, words, or text.</summary>
    public static string Inline(DccQuantity quantity, PageWords words)
    {
        if (quantity.NoQuantity is { } text)
            return words.Rich(text);
        if (quantity.Characters.Count > 0)
            return Html.Encode(string.Join(", ", quantity.Characters));
        return string.Join(" = ", SiSeries.Of(quantity.Value).Select(s => string.Join("; ", s.Numbers.Take(50).Select(n => Number(n, s.IsPolar)))));
    }

    /// <summary>A number with unit and, in brackets, uncertainty and coverage factor.</summary>
    public static string Number(SiNumber number, bool polar)
    {
        var value = number.Second is null ? UnitText.Quantity(number.Value, number.Unit) : Complex(number, polar) + (UnitText.Plain(number.Unit) is { Length: > 0 } u ? $"\u00a0{u}" : "");
        return Html.Encode(value) + (number.Uncertainty is { } uncertainty ? $" <span class=\"dim\">({Stated(uncertainty, number.Unit)})</span>" : "");
    }

    /// <summary>A complex number without its unit.</summary>
    public static string Complex(SiNumber number, bool polar)
    {
        if (polar)
            return $"{UnitText.Number(number.Value)} ∠ {UnitText.Quantity(number.Second, number.SecondUnit)}";
        var imaginary = UnitText.Number(number.Second);
        return $"{UnitText.Number(number.Value)} {(imaginary.StartsWith('\u2212') ? $"− {imaginary[1..]}" : $"+ {imaginary}")} i";
    }

    /// <summary>An uncertainty on one line, encoded.</summary>
    public static string Stated(SiNumberUncertainty stated, string? unit)
    {
        if (stated.Minimum is not null && stated.Maximum is not null)
            return $"[{Html.Encode(UnitText.Number(stated.Minimum))}, {Html.Encode(UnitText.Quantity(stated.Maximum, unit))}]{Probability(stated.Probability)}";
        var text = $"<i>{(stated.IsExpanded ? "U" : "u")}</i> = {Html.Encode(UnitText.Quantity(stated.Value, unit))}";
        return stated.Factor is { } k ? $"{text}, <i>k</i> = {Html.Encode(UnitText.Number(k))}{Probability(stated.Probability)}" : text;
    }

    private static string Probability(string? p) => p is null ? "" : $", <i>p</i> = {Html.Encode(UnitText.Number(p))}";
}
