using System.Globalization;

namespace Plumbline.Numerics;

/// <summary>Reads products, quotients and powers of unit symbols.</summary>
internal sealed class UnitReader
{
    private static readonly Dictionary<string, double> Prefixes = new(StringComparer.Ordinal)
    {
        ["Q"] = 1e30, ["R"] = 1e27, ["Y"] = 1e24, ["Z"] = 1e21, ["E"] = 1e18, ["P"] = 1e15, ["T"] = 1e12, ["G"] = 1e9, ["M"] = 1e6, ["k"] = 1e3, ["h"] = 100, ["da"] = 10,
        ["d"] = 0.1, ["c"] = 0.01, ["m"] = 1e-3, ["µ"] = 1e-6, ["u"] = 1e-6, ["n"] = 1e-9, ["p"] = 1e-12, ["f"] = 1e-15, ["a"] = 1e-18, ["z"] = 1e-21, ["y"] = 1e-24, ["r"] = 1e-27, ["q"] = 1e-30,
    };

    /// <summary>Dimensions in the order m, kg, s, A, K, mol, cd.</summary>
    private static readonly Dictionary<string, Unit> Prefixed = new(StringComparer.Ordinal)
    {
        ["m"] = Unit.Of(1, 1), ["g"] = Unit.Of(1e-3, 0, 1), ["s"] = Unit.Of(1, 0, 0, 1), ["A"] = Unit.Of(1, 0, 0, 0, 1), ["K"] = Unit.Of(1, 0, 0, 0, 0, 1), ["mol"] = Unit.Of(1, 0, 0, 0, 0, 0, 1), ["cd"] = Unit.Of(1, 0, 0, 0, 0, 0, 0, 1),
        ["Hz"] = Unit.Of(1, 0, 0, -1), ["N"] = Unit.Of(1, 1, 1, -2), ["Pa"] = Unit.Of(1, -1, 1, -2), ["J"] = Unit.Of(1, 2, 1, -2), ["W"] = Unit.Of(1, 2, 1, -3), ["C"] = Unit.Of(1, 0, 0, 1, 1), ["V"] = Unit.Of(1, 2, 1, -3, -1),
        ["F"] = Unit.Of(1, -2, -1, 4, 2), ["Ω"] = Unit.Of(1, 2, 1, -3, -2), ["ohm"] = Unit.Of(1, 2, 1, -3, -2), ["S"] = Unit.Of(1, -2, -1, 3, 2), ["Wb"] = Unit.Of(1, 2, 1, -2, -1), ["T"] = Unit.Of(1, 0, 1, -2, -1), ["H"] = Unit.Of(1, 2, 1, -2, -2),
        ["lm"] = Unit.Of(1, 0, 0, 0, 0, 0, 0, 1), ["lx"] = Unit.Of(1, -2, 0, 0, 0, 0, 0, 1), ["Bq"] = Unit.Of(1, 0, 0, -1), ["Gy"] = Unit.Of(1, 2, 0, -2), ["Sv"] = Unit.Of(1, 2, 0, -2), ["kat"] = Unit.Of(1, 0, 0, -1, 0, 0, 1),
        ["rad"] = Unit.One, ["sr"] = Unit.One, ["L"] = Unit.Of(1e-3, 3), ["l"] = Unit.Of(1e-3, 3), ["t"] = Unit.Of(1e3, 0, 1), ["eV"] = Unit.Of(1.602176634e-19, 2, 1, -2), ["Da"] = Unit.Of(1.66053906892e-27, 0, 1), ["bar"] = Unit.Of(1e5, -1, 1, -2),
        ["VA"] = Unit.Of(1, 2, 1, -3), ["var"] = Unit.Of(1, 2, 1, -3), ["Wh"] = Unit.Of(3600, 2, 1, -2), ["VAh"] = Unit.Of(3600, 2, 1, -2), ["varh"] = Unit.Of(3600, 2, 1, -2), ["Ah"] = Unit.Of(3600, 0, 0, 1, 1), ["tex"] = Unit.Of(1e-6, -1, 1),
    };

    private static readonly Dictionary<string, Unit> Plain = new(StringComparer.Ordinal)
    {
        ["min"] = Unit.Of(60, 0, 0, 1), ["h"] = Unit.Of(3600, 0, 0, 1), ["d"] = Unit.Of(86400, 0, 0, 1), ["°"] = Unit.Of(Math.PI / 180), ["′"] = Unit.Of(Math.PI / 10800), ["″"] = Unit.Of(Math.PI / 648000), ["°C"] = Unit.Of(1, 0, 0, 0, 0, 1),
        ["%"] = Unit.Of(0.01), ["‰"] = Unit.Of(1e-3), ["ppm"] = Unit.Of(1e-6), ["ppb"] = Unit.Of(1e-9), ["r"] = Unit.One, ["ha"] = Unit.Of(1e4, 2), ["au"] = Unit.Of(149597870700, 1),
    };

    private readonly string whole;
    private readonly string text;
    private int at;

    internal UnitReader(string whole)
    {
        this.whole = whole.Trim();
        text = string.Concat(this.whole.Replace("℃", "°C", StringComparison.Ordinal).Select(Common));
    }

    internal Unit Read()
    {
        if (text is "" or "1")
            return Unit.One.As(whole.Length == 0 ? "1" : whole);
        var unit = Product();
        return at == text.Length ? unit.As(whole) : throw Wrong($"'{text[at..]}' has no meaning");
    }

    private Unit Product()
    {
        var unit = Power();
        for (SkipSpaces(); at < text.Length && text[at] != ')'; SkipSpaces())
        {
            var divides = text[at] == '/';
            if (text[at] is '/' or '*')
                at++;
            SkipSpaces();
            var next = Power();
            unit = divides ? unit.Over(next) : unit.Times(next);
        }
        return unit;
    }

    private Unit Power()
    {
        if (at >= text.Length)
            throw Wrong("a symbol is missing at the end");
        Unit unit;
        if (text[at] == '(')
        {
            at++;
            unit = Product();
            if (at >= text.Length || text[at++] != ')')
                throw Wrong("')' is missing");
        }
        else if (text[at] == '1')
        {
            at++;
            unit = Unit.One;
        }
        else
            unit = Symbol();
        return Exponent() is { } exponent ? unit.To(exponent) : unit;
    }

    private Unit Symbol()
    {
        var start = at;
        while (at < text.Length && (char.IsLetter(text[at]) || text[at] is '°' or '′' or '″' or '%' or '‰'))
            at++;
        var symbol = text[start..at];
        if (symbol.Length == 0)
            throw Wrong($"a symbol is expected at '{text[start..]}'");
        if (Plain.TryGetValue(symbol, out var unit) || Prefixed.TryGetValue(symbol, out unit))
            return unit;
        // "kg" is a prefix and a gram; of two readings ("da" + "t", "d" + "at") the shorter prefix that leaves a symbol wins.
        for (var length = 1; length <= 2 && length < symbol.Length; length++)
            if (Prefixes.TryGetValue(symbol[..length], out var factor) && Prefixed.TryGetValue(symbol[length..], out unit))
                return Unit.Of(factor).Times(unit);
        var near = NameSuggestion.For(symbol, [.. Plain.Keys, .. Prefixed.Keys, .. Prefixed.Keys.SelectMany(k => new[] { "k" + k, "m" + k, "M" + k, "µ" + k, "c" + k })]);
        throw new UnitFormatException($"'{whole}': the symbol '{symbol}' is not known{(near is null ? "" : $", perhaps '{near}'")}.", near);
    }

    private double? Exponent()
    {
        var start = at;
        if (at < text.Length && text[at] == '^')
            at++;
        var brace = at < text.Length && text[at] is '(' or '{' && at > start;
        if (brace)
            at++;
        var digits = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '-' or '+' && at == digits || text[at] is '.' or '/' && at > digits && (brace || text[at] == '.') && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            at++;
        var number = text[digits..at];
        if (brace && (at >= text.Length || text[at++] is not (')' or '}')))
            throw Wrong("the exponent does not end");
        if (number.Length == 0)
            return at == start ? null : throw Wrong("an exponent is missing");
        var parts = number.Split('/');
        return parts.Length <= 2 && Array.TrueForAll(parts, p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? double.Parse(parts[0], CultureInfo.InvariantCulture) / (parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1) : throw Wrong($"'{number}' is no exponent");
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    /// <summary>One spelling for what looks alike; superscripts as plain digits, which after a symbol are an exponent.</summary>
    private static char Common(char c) => c switch
    {
        'μ' => 'µ',
        '\u2126' => 'Ω',
        '·' or '⋅' or '∙' or '×' => '*',
        '−' or '⁻' => '-',
        '\'' => '′',
        '"' => '″',
        '\u3000' or '\u00A0' or '\u202F' => ' ',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        >= '⁴' and <= '⁹' => (char)('4' + (c - '⁴')),
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        _ => c,
    };

    private UnitFormatException Wrong(string what) => new($"'{whole}': {what}.", null);
}

/// <summary>A text is no unit.</summary>
internal sealed class UnitFormatException(string message, string? suggestion) : FormatException(message)
{
    internal string? Suggestion => suggestion;
}
