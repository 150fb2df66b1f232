using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>
/// The private keys that this server holds: encrypted PKCS #8 in <c>{DataDirectory}/keys</c>. The passphrase comes from <c>Plumbline:Keys:Passphrase</c> or
/// <c>Plumbline:Keys:PassphraseFile</c>; without either one is made once and kept beside the keys, readable by the server's account alone.
/// </summary>
public sealed partial class KeyFolder(IConfiguration settings, ILogger<KeyFolder> log) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string directory = Path.Combine(settings["Plumbline:DataDirectory"] ?? "data", "keys");
    // Deriving the file key takes a good fraction of a second: once for each key and process.
    private readonly ConcurrentDictionary<string, SoftwareKey> open = new(StringComparer.Ordinal);
    private readonly Lock turn = new();

    /// <summary>Makes a key and writes its file, whole or not at all.</summary>
    public PublicKey Create(SignatureAlgorithm algorithm)
    {
        var key = SoftwareKey.Create(algorithm);
        Write(key.PublicKey.Id, key);
        open[key.PublicKey.Id] = key;
        return key.PublicKey;
    }

    /// <summary>The key of that fingerprint; null when its file is not here.</summary>
    public ISigner? Find(string fingerprint)
    {
        if (open.TryGetValue(fingerprint, out var known))
            return known;
        var path = PathOf(fingerprint);
        return File.Exists(path) ? open.GetOrAdd(fingerprint, _ => Read(path)) : null;
    }

    /// <summary>One of the platform's own keys, such as <c>log</c>, made when it is first asked for.</summary>
    public ISigner Own(string name, SignatureAlgorithm algorithm)
    {
        lock (turn)
        {
            if (Find(name) is { } known)
                return known;
            var key = SoftwareKey.Create(algorithm);
            // Another server on the same folder may have been faster: the first one counts.
            if (!Write(name, key))
            {
                key.Dispose();
                return Find(name) ?? throw new InvalidOperationException($"The key file {PathOf(name)} is there and cannot be found.");
            }
            Made(name, key.PublicKey.Id, directory);
            return open[name] = key;
        }
    }

    /// <summary>Destroys a key that was proposed and rejected.</summary>
    public void Destroy(string fingerprint)
    {
        if (open.TryRemove(fingerprint, out var key))
            key.Dispose();
        File.Delete(PathOf(fingerprint));
    }

    public void Dispose()
    {
        foreach (var key in open.Values)
            key.Dispose();
        open.Clear();
    }

    private string PathOf(string name) => Path.Combine(directory, $"{name}.pem");

    private SoftwareKey Read(string path)
    {
        try
        {
            return SoftwareKey.FromPem(File.ReadAllText(path), Passphrase());
        }
        catch (CryptographicException fault)
        {
            throw new InvalidOperationException($"The key file {path} cannot be opened: is the passphrase (Plumbline:Keys:Passphrase, Plumbline:Keys:PassphraseFile or {Path.Combine(directory, "passphrase")}) the one it was written with?", fault);
        }
    }

    private bool Write(string name, SoftwareKey key) => WriteNew(PathOf(name), key.ToPem(Passphrase()));

    private string Passphrase()
    {
        if (settings["Plumbline:Keys:Passphrase"] is { Length: > 0 } given)
            return given;
        if (settings["Plumbline:Keys:PassphraseFile"] is { Length: > 0 } file)
            return File.ReadAllText(file).Trim();
        var kept = Path.Combine(directory, "passphrase");
        if (!File.Exists(kept))
            WriteNew(kept, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return File.ReadAllText(kept).Trim();
    }

    /// <summary>Writes the file with all of its content, unless it is there already.</summary>
    private bool WriteNew(string path, string text)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var part = $"{path}.{Guid.CreateVersion7():N}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(part, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(part, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Made the platform's key {Name} with the fingerprint {Fingerprint} in {Directory}")]
    private partial void Made(string name, string fingerprint, string directory);
}
