using System.CommandLine;
using System.Security.Cryptography;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>Reads a certificate for a command, and says why it cannot be read.</summary>
internal static class DccInput
{
    /// <summary>The file that a command is about.</summary>
    public static Argument<string> File(CliTexts texts) => new("FILE") { Description = texts["dcc.file"] };

    /// <summary>The language of what the command says.</summary>
    public static Option<string?> Language(CliTexts texts) => new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");

    /// <summary>The certificate with the bytes it was read from; null after its faults have been told.</summary>
    public static async Task<(DccFile File, byte[] Bytes)?> ReadAsync(string path, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        if (await BytesAsync(path, words, error, cancel) is not { } bytes)
            return null;
        try
        {
            return (DccReader.Read(bytes), bytes);
        }
        catch (DccException fault)
        {
            Tell(path, fault.Findings, words, error);
            return null;
        }
    }

    /// <summary>A file's bytes, at most as many as a certificate may have; null after it has been told why not.</summary>
    public static async Task<byte[]?> BytesAsync(string path, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= DccLimits.Default.MaxBytes)
                return await System.IO.File.ReadAllBytesAsync(path, cancel);
            await error.WriteLineAsync(words["dcc.too-large", path, length, DccLimits.Default.MaxBytes]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(words["dcc.not-read", path, fault.Message]);
        }
        return null;
    }

    /// <summary>Findings, one a line, with file and line.</summary>
    public static void Tell(string path, IEnumerable<Finding> findings, CliTexts words, TextWriter error)
    {
        foreach (var finding in findings)
            error.WriteLine($"{path}{(finding.Line > 0 ? $":{finding.Line}" : "")}: {finding.Path}: {CertificatesTexts.Describe(finding, words.Culture)}");
    }

    /// <summary>Writes a file and says so; false after it has been told why not.</summary>
    public static async Task<bool> SaveAsync(string path, byte[] bytes, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, bytes, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(words["dcc.not-written", path, fault.Message]);
            return false;
        }
        // On the error stream, so that what goes to the output can be piped on.
        await error.WriteLineAsync(words["cli.evaluate.written", path, bytes.Length]);
        return true;
    }

    /// <summary>The digest as pages show it.</summary>
    public static string Digest(byte[] bytes) => $"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
