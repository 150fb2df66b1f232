using System.Globalization;
using System.Security.Cryptography;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>Files that the certificate commands read and write; what cannot be read is said on the error stream.</summary>
internal static class InputFile
{
    /// <returns>Null where it could not be read.</returns>
    public static byte[]? Read(string path, CliTexts words, TextWriter error)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(words["key.unreadable", path, fault.Message]);
            return null;
        }
    }

    public static bool Write(string path, byte[] bytes, CliTexts words, TextWriter output, TextWriter error, bool secret = false)
    {
        try
        {
            var options = new FileStreamOptions { Mode = secret ? FileMode.CreateNew : FileMode.Create, Access = FileAccess.Write };
            if (secret && !OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(path, options))
                stream.Write(bytes);
            output.WriteLine(words["key.written", path]);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(words["key.unwritable", path, fault.Message]);
            return false;
        }
    }

    /// <summary>The certificates of files, and of all files of folders that look like certificates.</summary>
    /// <returns>Null where one could not be read.</returns>
    public static IReadOnlyList<KeyCertificate>? Certificates(IEnumerable<string> paths, CliTexts words, TextWriter error)
    {
        var found = new List<KeyCertificate>();
        foreach (var path in paths.SelectMany(Files))
            try
            {
                if (Read(path, words, error) is not { } bytes)
                    return null;
                found.AddRange(KeyCertificate.FromFile(bytes));
            }
            catch (Exception fault) when (fault is CryptographicException or FormatException)
            {
                error.WriteLine(words["key.no-certificate", path, fault.Message]);
                return null;
            }
        return found;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.GetFiles(path).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".pem" or ".crt" or ".cer" or ".der").Order(StringComparer.Ordinal) : [path];

    /// <returns>Null where the file is no key or the passphrase is not its own.</returns>
    public static SoftwareKey? Key(string path, string passphrase, CliTexts words, TextWriter error)
    {
        if (Read(path, words, error) is not { } bytes)
            return null;
        try
        {
            return SoftwareKey.FromPem(System.Text.Encoding.UTF8.GetString(bytes), passphrase);
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException or FormatException)
        {
            error.WriteLine(words["key.no-key", path, fault.Message]);
            return null;
        }
    }

    /// <summary>A time as yyyy-MM-dd or with hours, minutes, seconds and zone; now where none is given.</summary>
    /// <returns>Null where the text is no time.</returns>
    public static DateTimeOffset? Time(string? text, TimeProvider clock, CliTexts words, TextWriter error)
    {
        if (text is null)
            return clock.GetUtcNow();
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        error.WriteLine(words["key.no-time", text]);
        return null;
    }
}
