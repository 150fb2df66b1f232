using System.Globalization;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>As much of a PDF file (ISO 32000-1) as an incremental update needs: where its objects are, and the entries of a dictionary as they are written. Cross-reference tables only, no encryption.</summary>
internal sealed class PdfFile
{
    private readonly string text; // one character a byte
    private readonly Dictionary<int, int> offsets = [];

    /// <exception cref="InvalidDataException">It is no PDF that can be read here.</exception>
    public PdfFile(ReadOnlySpan<byte> file)
    {
        text = Encoding.Latin1.GetString(file);
        if (!text.StartsWith("%PDF-", StringComparison.Ordinal))
            throw new InvalidDataException("The file does not begin with %PDF-.");
        var start = text.LastIndexOf("startxref", StringComparison.Ordinal);
        if (start < 0)
            throw new InvalidDataException("The PDF has no startxref.");
        var scanner = new PdfScanner(text, start + 9);
        LastTable = scanner.Integer();
        Trailer = ReadTables(LastTable);
        if (Trailer.ContainsKey("Encrypt"))
            throw new InvalidDataException("The PDF is encrypted.");
    }

    public int LastTable { get; }

    public IReadOnlyDictionary<string, string> Trailer { get; }

    public int Size => ToInteger(Trailer.GetValueOrDefault("Size"));

    /// <summary>The object number of a reference such as <c>12 0 R</c>; null where it is none.</summary>
    public static int? Reference(string? value) =>
        value?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, "0", "R"] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;

    /// <summary>Where an object's value begins and how it reads; references are followed.</summary>
    public (string Value, int At) Resolve(string value)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            if (Reference(value) is not { } number)
                return (value, -1);
            var (read, at) = Object(number);
            if (Reference(read) is null)
                return (read, at);
            value = read;
        }
        throw new InvalidDataException("References of the PDF lead in a circle.");
    }

    /// <summary>The value of an indirect object as it is written.</summary>
    public (string Value, int At) Object(int number)
    {
        if (!offsets.TryGetValue(number, out var offset))
            throw new InvalidDataException($"The PDF has no object {number}.");
        var scanner = new PdfScanner(text, offset);
        if (scanner.Integer() != number || scanner.Integer() < 0 || scanner.Next() != "obj")
            throw new InvalidDataException($"The PDF has no object {number} at {offset}.");
        scanner.SkipBlanks();
        var at = scanner.At;
        return (scanner.Value(), at);
    }

    public Dictionary<string, string> Dictionary(string? value) =>
        value is null ? throw new InvalidDataException("The PDF lacks a dictionary.") : new PdfScanner(Resolve(value).Value, 0).Dictionary();

    public List<string> Array(string? value) => value is null ? [] : new PdfScanner(Resolve(value).Value, 0).Array();

    private Dictionary<string, string> ReadTables(int at)
    {
        Dictionary<string, string>? newest = null;
        var seen = new HashSet<int>();
        while (at > 0 && seen.Add(at))
        {
            var scanner = new PdfScanner(text, at);
            if (scanner.Next() != "xref")
                throw new InvalidDataException("The PDF has no cross-reference table (one in a stream is not read).");
            for (var word = scanner.Next(); word != "trailer"; word = scanner.Next())
                ReadSection(scanner, ToInteger(word));
            scanner.SkipBlanks();
            var trailer = scanner.Dictionary();
            newest ??= trailer;
            at = trailer.TryGetValue("Prev", out var before) ? ToInteger(before) : 0;
        }
        return newest ?? throw new InvalidDataException("The PDF has no trailer.");
    }

    private void ReadSection(PdfScanner scanner, int first)
    {
        var count = scanner.Integer();
        for (var i = 0; i < count; i++)
        {
            var offset = scanner.Integer();
            scanner.Integer();
            // The newest table is read first: what it says of an object holds.
            if (scanner.Next() == "n")
                offsets.TryAdd(first + i, offset);
            else
                offsets.TryAdd(first + i, -1);
        }
    }

    private static int ToInteger(string? word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : throw new InvalidDataException($"The PDF has '{word}' where a number is expected.");
}

/// <summary>Reads the syntax of PDF objects (ISO 32000-1, section 7.3) without making objects of them: a value is the text it was written as.</summary>
internal sealed class PdfScanner(string text, int at)
{
    private const int Deepest = 64;

    public int At { get; private set; } = at >= 0 && at < text.Length ? at : throw new InvalidDataException($"The PDF points to {at}, outside of itself.");

    public void SkipBlanks()
    {
        for (; At < text.Length && (text[At] is ' ' or '\r' or '\n' or '\t' or '\f' or '\0' or '%'); At++)
            if (text[At] == '%')
                while (At + 1 < text.Length && text[At + 1] is not ('\r' or '\n'))
                    At++;
    }

    /// <summary>The next word: up to a blank or a delimiter.</summary>
    public string Next()
    {
        SkipBlanks();
        var from = At;
        while (At < text.Length && text[At] is not (' ' or '\r' or '\n' or '\t' or '\f' or '\0' or '%' or '(' or ')' or '<' or '>' or '[' or ']' or '/'))
            At++;
        return At > from ? text[from..At] : throw new InvalidDataException($"The PDF cannot be read at {At}.");
    }

    public int Integer() => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidDataException($"The PDF has no number before {At}.");

    /// <summary>The next value as it is written; a reference is one value.</summary>
    public string Value()
    {
        SkipBlanks();
        var from = At;
        Skip(0);
        var value = text[from..At];
        var after = At;
        if (char.IsAsciiDigit(value[0]) && IsReference())
            return text[from..At];
        At = after;
        return value;
    }

    public Dictionary<string, string> Dictionary()
    {
        Expect("<<");
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        for (SkipBlanks(); !Ahead(">>"); SkipBlanks())
        {
            Expect("/");
            // A name may be empty, and the value may follow it without a blank.
            var key = At < text.Length && text[At] is not (' ' or '/' or '<' or '(' or '[') ? Next() : "";
            entries[key] = Value();
        }
        At += 2;
        return entries;
    }

    public List<string> Array()
    {
        Expect("[");
        var items = new List<string>();
        for (SkipBlanks(); !Ahead("]"); SkipBlanks())
            items.Add(Value());
        At++;
        return items;
    }

    private bool IsReference()
    {
        SkipBlanks();
        var from = At;
        while (At < text.Length && char.IsAsciiDigit(text[At]))
            At++;
        if (At == from)
            return false;
        SkipBlanks();
        if (!Ahead("R") || (At + 1 < text.Length && char.IsAsciiLetterOrDigit(text[At + 1])))
            return false;
        At++;
        return true;
    }

    private bool Ahead(string word) => string.CompareOrdinal(text, At, word, 0, word.Length) == 0;

    private void Expect(string word)
    {
        SkipBlanks();
        if (!Ahead(word))
            throw new InvalidDataException($"The PDF has no '{word}' at {At}.");
        At += word.Length;
    }

    private void Skip(int depth)
    {
        if (depth > Deepest || At >= text.Length)
            throw new InvalidDataException($"The PDF cannot be read at {At}.");
        if (Ahead("<<"))
            SkipUntil(">>", 2, depth);
        else if (text[At] == '[')
            SkipUntil("]", 1, depth);
        else if (text[At] == '<')
            At = text.IndexOf('>', At) is >= 0 and var end ? end + 1 : throw new InvalidDataException($"A string of the PDF does not end ({At}).");
        else if (text[At] == '(')
            SkipString();
        else if (text[At] == '/')
            SkipName();
        else
            Next();
    }

    private void SkipName()
    {
        At++;
        if (At < text.Length && text[At] is not (' ' or '\r' or '\n' or '\t' or '\f' or '\0' or '%' or '(' or ')' or '<' or '>' or '[' or ']' or '/'))
            Next();
    }

    private void SkipUntil(string end, int opening, int depth)
    {
        At += opening;
        for (SkipBlanks(); !Ahead(end); SkipBlanks())
            Skip(depth + 1);
        At += end.Length;
    }

    private void SkipString()
    {
        var open = 0;
        for (; At < text.Length; At++)
            if (text[At] == '\\')
                At++;
            else if (text[At] == '(')
                open++;
            else if (text[At] == ')' && --open == 0)
            {
                At++;
                return;
            }
        throw new InvalidDataException("A string of the PDF does not end.");
    }
}
