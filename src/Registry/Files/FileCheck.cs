using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Decides by extension and content what an upload is. What is not on the list, or not what it says, is refused.</summary>
internal static partial class FileCheck
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private sealed record Kind(string ContentType, Func<byte[], bool> Matches, params string[] Claims);

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        [".pdf"] = new("application/pdf", b => StartsWith(b, "%PDF-"u8)),
        [".png"] = new("image/png", IsPng),
        [".jpg"] = new("image/jpeg", IsJpeg, "image/jpg", "image/pjpeg"),
        [".jpeg"] = new("image/jpeg", IsJpeg, "image/jpg", "image/pjpeg"),
        [".csv"] = new("text/csv", IsText, "application/vnd.ms-excel", "text/plain", "application/csv"),
        [".txt"] = new("text/plain", IsText),
        [".xml"] = new("application/xml", IsXml, "text/xml"),
        [".json"] = new("application/json", IsJson, "text/json", "text/plain"),
        [".xlsx"] = new(Xlsx, b => IsOffice(b, "xl/workbook.xml"), "application/zip"),
        [".docx"] = new(Docx, b => IsOffice(b, "word/document.xml"), "application/zip"),
    };

    internal static async Task<byte[]?> ReadAsync(Stream content, long limit, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            if (whole.Length + read > limit)
                return null;
            whole.Write(buffer, 0, read);
        }
        return whole.ToArray();
    }

    internal static (string? ContentType, Refusal? Refusal) Recognise(string name, string? declaredType, byte[] bytes, FileLimits limits, string field)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var allowed = Kinds.Keys.Where(k => limits.Extensions.Length == 0 || limits.Extensions.Contains(k)).ToArray();
        if (!allowed.Contains(extension))
            return (null, new Refusal("file-kind", field, name, string.Join(" ", allowed)));
        if (bytes.LongLength > limits.MaxBytes)
            return (null, new Refusal("file-too-large", field, name, ShowSize(limits.MaxBytes)));
        if (bytes.Length == 0)
            return (null, new Refusal("file-empty", field, name));
        var kind = Kinds[extension];
        var claim = declaredType?.Split(';')[0].Trim().ToLowerInvariant();
        var claimFits = string.IsNullOrEmpty(claim) || claim == "application/octet-stream" || claim == kind.ContentType || kind.Claims.Contains(claim);
        return claimFits && kind.Matches(bytes) ? (kind.ContentType, null) : (null, new Refusal("file-content", field, name, extension));
    }

    /// <summary>The last part of the path without control, direction and reserved characters, at most 120 characters with its extension.</summary>
    internal static string CleanName(string name)
    {
        var last = name.Replace('\\', '/').Split('/')[^1].Normalize(NormalizationForm.FormC);
        var clean = Spaces().Replace(Unwanted().Replace(last, ""), " ").Trim(' ', '.');
        var extension = Path.GetExtension(clean);
        var stem = clean[..(clean.Length - extension.Length)].Trim(' ', '.');
        if (extension.Length > 12)
            (stem, extension) = (clean, "");
        if (stem.Length == 0)
            stem = "file";
        var room = 120 - extension.Length;
        if (stem.Length > room)
            stem = stem[..(char.IsHighSurrogate(stem[room - 1]) ? room - 1 : room)];
        return stem + extension;
    }

    internal static string ShowSize(long bytes) => bytes >= 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} kB");

    internal static bool IsPng(byte[] bytes) => StartsWith(bytes, [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
    internal static bool IsJpeg(byte[] bytes) => StartsWith(bytes, [0xFF, 0xD8, 0xFF]);

    private static bool StartsWith(byte[] bytes, ReadOnlySpan<byte> start) => bytes.AsSpan().StartsWith(start);

    // Text in any encoding a laboratory uses (UTF-8, GB18030, UTF-16 with its mark) has no control characters but tab and line ends.
    private static bool IsText(byte[] bytes)
    {
        if (StartsWith(bytes, [0xFF, 0xFE]) || StartsWith(bytes, [0xFE, 0xFF]))
            return bytes.Length % 2 == 0;
        return bytes.All(b => b >= 32 || b is 9 or 10 or 13 or 12 or 26);
    }

    // Entities and external references begin with a document type; nothing that we exchange has one.
    private static bool IsXml(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('﻿', ' ', '\t', '\r', '\n');
        return IsText(bytes) && text.StartsWith('<') && !text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(StartsWith(bytes, [0xEF, 0xBB, 0xBF]) ? 3 : 0));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Only the directory of the archive is read. Macros make a document a program.
    private static bool IsOffice(byte[] bytes, string part)
    {
        if (!StartsWith(bytes, "PK\x03\x04"u8))
            return false;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return archive.Entries.Count < 10_000
                && archive.GetEntry("[Content_Types].xml") is not null && archive.GetEntry(part) is not null
                && !archive.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Co}\p{Cn}""<>:|?*%;#&$`']")]
    private static partial Regex Unwanted();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
