using System.Net;

namespace Plumbline.Certificates;

/// <summary>Where a log's public files are read: a folder, or a web address. Safe for use by several threads.</summary>
public interface ILogSource
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="path">Below the log's prefix, such as <c>checkpoint</c> or <see cref="TileId.Path"/>.</param>
    /// <param name="maximum">The most bytes that it may have.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="LogException">It is longer.</exception>
    ValueTask<byte[]?> ReadAsync(string path, int maximum, CancellationToken cancel);
}

/// <summary>The public files of a log in a folder.</summary>
/// <param name="folder">The folder that holds <c>checkpoint</c> and <c>tile</c>.</param>
public sealed class FolderSource(string folder) : ILogSource
{
    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(string path, int maximum, CancellationToken cancel)
    {
        try
        {
            using var file = File.OpenHandle(Path.Combine(folder, path));
            var length = RandomAccess.GetLength(file);
            if (length > maximum)
                throw new LogException("file-size", path, $"{length}", $"{maximum}");
            var bytes = new byte[length];
            for (var at = 0; at < bytes.Length;)
            {
                var read = RandomAccess.Read(file, bytes.AsSpan(at), at);
                if (read == 0)
                    throw new LogException("file-size", path, $"{at}", $"{length}");
                at += read;
            }
            return new(bytes);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((byte[]?)null);
        }
    }
}

/// <summary>The public files of a log on the web.</summary>
/// <param name="client">What fetches; its timeout counts.</param>
/// <param name="prefix">The address above <c>checkpoint</c> and <c>tile</c>.</param>
public sealed class WebSource(HttpClient client, Uri prefix) : ILogSource
{
    private readonly Uri root = new(prefix.AbsoluteUri.TrimEnd('/') + "/");

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The server is not reached, or answers neither with the file nor that there is none.</exception>
    public async ValueTask<byte[]?> ReadAsync(string path, int maximum, CancellationToken cancel)
    {
        using var answer = await client.GetAsync(new Uri(root, path), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + read > maximum)
                throw new LogException("file-size", path, $"> {maximum}", $"{maximum}");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
