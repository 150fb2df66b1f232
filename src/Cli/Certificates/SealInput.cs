using System.ComponentModel;
using System.Diagnostics;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>A seal as it comes to the terminal: the text of its code, a file with the text, or a picture.</summary>
internal static class SealInput
{
    /// <returns>The seal, or the exit code: 1 what is there is no seal, 2 it cannot be read, 3 the picture needs zbarimg, which is not installed.</returns>
    public static async Task<(int Code, SignedSeal? Seal)> ReadAsync(string from, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        var text = from;
        if (File.Exists(from))
        {
            if (InputFile.Read(from, words, error) is not { } bytes)
                return (2, null);
            if (SealPicture.IsPng(bytes))
            {
                var picture = SealPicture.ReadText(bytes);
                if (picture.Value is null)
                {
                    SignatureOutput.Write(picture.Findings, words, error);
                    return (1, null);
                }
                text = picture.Value;
            }
            else if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            {
                var (code, found) = await ZbarAsync(from, words, error, cancel);
                if (found is null)
                    return (code, null);
                text = found;
            }
            else
                text = System.Text.Encoding.UTF8.GetString(bytes);
        }
        var read = SealCodec.Read(text);
        if (read.Value is { } seal)
            return (0, seal);
        SignatureOutput.Write(read.Findings, words, error);
        return (1, null);
    }

    private static async Task<(int Code, string? Text)> ZbarAsync(string file, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "--", Path.GetFullPath(file)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            await error.WriteLineAsync(words["seal.no-zbar", file]);
            return (3, null);
        }
        using (process)
        {
            var complaints = process.StandardError.ReadToEndAsync(cancel);
            var text = (await process.StandardOutput.ReadToEndAsync(cancel)).Trim();
            await Task.WhenAll(complaints, process.WaitForExitAsync(cancel));
            if (text.Length > 0)
                return (0, text);
            await error.WriteLineAsync(words["seal.no-code", file]);
            return (1, null);
        }
    }
}
