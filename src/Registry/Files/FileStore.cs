using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Where contents lie when not in the database (<c>Plumbline:FileDirectory</c>), and the virus scanner they pass when one is set (<c>Plumbline:Clamd</c>, <c>host:port</c>).</summary>
public sealed class FileStore(IConfiguration settings, ILogger<FileStore> log)
{
    private readonly string? directory = settings["Plumbline:FileDirectory"];
    private readonly string? scanner = settings["Plumbline:Clamd"];

    /// <summary>Writes the content under its hash and returns the path below the directory; null when contents are kept in the database.</summary>
    internal async Task<string?> WriteAsync(string hash, byte[] bytes, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(directory))
            return null;
        var location = $"{hash[..2]}/{hash[2..4]}/{hash}";
        var path = Path.Combine(directory, location);
        if (File.Exists(path))
            return location;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Whole or not at all: a crash leaves a .part that nobody reads.
        var part = $"{path}.{Guid.CreateVersion7():N}.part";
        await using (var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920, FileOptions.Asynchronous))
        {
            await target.WriteAsync(bytes, cancel);
            target.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
        return location;
    }

    internal Task<byte[]> ReadAsync(string location, CancellationToken cancel) =>
        File.ReadAllBytesAsync(Path.Combine(directory ?? throw new InvalidOperationException("Plumbline:FileDirectory is not set, but files were stored there."), location), cancel);

    /// <summary>Null when clean or when no scanner is set. A scanner that does not answer refuses the file: unscanned is not clean.</summary>
    internal async Task<Refusal?> ScanAsync(byte[] bytes, string name, string field, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(scanner))
            return null;
        string answer;
        try
        {
            answer = await AskAsync(bytes, cancel);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            log.LogError(e, "The virus scanner at {Scanner} did not answer", scanner);
            return new Refusal("file-scan-unavailable", field, name);
        }
        if (answer.EndsWith("OK", StringComparison.Ordinal))
            return null;
        log.LogWarning("The virus scanner refused an upload: {Answer}", answer);
        return new Refusal(answer.EndsWith("FOUND", StringComparison.Ordinal) ? "file-infected" : "file-scan-unavailable", field, name);
    }

    // clamd's INSTREAM: chunks preceded by their length, closed by a zero length.
    private async Task<string> AskAsync(byte[] bytes, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var colon = scanner!.LastIndexOf(':');
        using var client = new TcpClient();
        await client.ConnectAsync(scanner[..colon], int.Parse(scanner[(colon + 1)..]), patience.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), patience.Token);
        var length = new byte[4];
        foreach (var chunk in bytes.Chunk(64 * 1024))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, patience.Token);
            await stream.WriteAsync(chunk, patience.Token);
        }
        BinaryPrimitives.WriteInt32BigEndian(length, 0);
        await stream.WriteAsync(length, patience.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer.ToArray()).Trim('\0', '\n', ' ');
    }
}
