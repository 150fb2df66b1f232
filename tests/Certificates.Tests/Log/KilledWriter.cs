using System.Security.Cryptography;

namespace Plumbline.Certificates.Tests;

/// <summary>The process that is killed: this test program, started with a folder in its environment, appends and says what was acknowledged until it ends by force.</summary>
internal static class KilledWriter
{
    public const string Folder = "PLUMBLINE_TEST_LOG";
    public const string Run = "PLUMBLINE_TEST_RUN";
    public const string KeyName = "log-key.pkcs8";

    public static NoteSigner Signer(string folder) => NoteSigner.OfLog("log.example/killed", SoftwareKey.FromPkcs8(File.ReadAllBytes(Path.Combine(folder, KeyName))));

    public static LogWriterOptions Options(int run) => new() { MaximumBatch = 1 + (run * 37 % 300), Linger = TimeSpan.Zero, SegmentLength = 40_000 };

    public static async Task AppendAsync(string folder)
    {
        var run = int.Parse(Environment.GetEnvironmentVariable(Run)!);
        await using var writer = LogWriter.Open(Path.Combine(folder, "log"), Signer(folder), TimeProvider.System, Options(run));
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                var entry = new byte[8 + (i * 131 % 700)];
                RandomNumberGenerator.Fill(entry);
                var appended = await writer.Append(entry).Done;
                output.WriteLine($"{appended.Index} {appended.Leaf}");
            }
        }));
    }
}
