using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>Where canonical bytes go: into a digest, a copy, or a comparison with bytes at hand. Characters are escaped as the canonical forms ask (their section 2.3).</summary>
internal sealed class CanonicalSink : IDisposable
{
    private static readonly SearchValues<char> inText = SearchValues.Create("&<>\r"), inAttribute = SearchValues.Create("&<\"\t\n\r"), inInstruction = SearchValues.Create("\r");

    private readonly IncrementalHash? hash;
    private readonly ArrayBufferWriter<byte>? copy;
    private readonly ReadOnlyMemory<byte> expected;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int used;

    private CanonicalSink(IncrementalHash? hash, ArrayBufferWriter<byte>? copy, ReadOnlyMemory<byte> expected = default) => (this.hash, this.copy, this.expected) = (hash, copy, expected);

    /// <summary>Bytes that have passed.</summary>
    public long Length { get; private set; }

    /// <summary>Whether every byte so far is the expected one.</summary>
    public bool Same { get; private set; } = true;

    public static CanonicalSink Digesting(IncrementalHash hash) => new(hash, null);

    public static CanonicalSink Copying(ArrayBufferWriter<byte> copy) => new(null, copy);

    public static CanonicalSink Comparing(ReadOnlyMemory<byte> expected) => new(null, null, expected);

    public void Raw(string text)
    {
        if (!Short(text))
            Long(text);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - used < bytes.Length)
            Flush();
        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    /// <summary>Names and the like: a loop is quicker than an encoder for a few letters.</summary>
    private bool Short(string text)
    {
        if (text.Length > 24)
            return false;
        if (buffer.Length - used < text.Length)
            Flush();
        var target = buffer.AsSpan(used, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > '\x7F')
                return false;
            target[i] = (byte)text[i];
        }
        used += text.Length;
        return true;
    }

    private void Long(ReadOnlySpan<char> rest)
    {
        while (rest.Length > 0)
        {
            var part = rest[..Math.Min(rest.Length, 4096)];
            if (part.Length < rest.Length && char.IsHighSurrogate(part[^1]))
                part = part[..^1];
            if (buffer.Length - used < 3 * part.Length)
                Flush();
            used += Encoding.UTF8.GetBytes(part, buffer.AsSpan(used));
            rest = rest[part.Length..];
        }
    }

    public void Text(string text) => Escaped(text, inText);

    public void AttributeValue(string text) => Escaped(text, inAttribute);

    public void InstructionValue(string text) => Escaped(text, inInstruction);

    public void Flush()
    {
        var bytes = buffer.AsSpan(0, used);
        hash?.AppendData(bytes);
        copy?.Write(bytes);
        if (!expected.IsEmpty && Same)
            Same = Length + used <= expected.Length && expected.Span.Slice((int)Length, used).SequenceEqual(bytes);
        Length += used;
        used = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void Escaped(string text, SearchValues<char> special)
    {
        var at = text.AsSpan().IndexOfAny(special);
        if (at < 0)
        {
            Raw(text);
            return;
        }
        var start = 0;
        for (; at >= 0; at = text.AsSpan(start).IndexOfAny(special))
        {
            Long(text.AsSpan(start, at));
            Raw(Reference(text[start + at]));
            start += at + 1;
        }
        Long(text.AsSpan(start));
    }

    private static string Reference(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\t' => "&#x9;",
        '\n' => "&#xA;",
        _ => "&#xD;",
    };
}
