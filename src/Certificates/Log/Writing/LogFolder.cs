namespace Plumbline.Certificates;

/// <summary>The folder of a log: <c>public</c> is what readers see and a web server may serve as it is; the rest is the writer's.</summary>
internal sealed class LogFolder(string path)
{
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly List<string> unflushed = [];
    private long temporary;

    public string Public { get; } = Path.Combine(path, "public");

    public string Journal { get; } = Path.Combine(path, "journal");

    public string Lock { get; } = Path.Combine(path, "lock");

    private string Temporary { get; } = Path.Combine(path, "tmp");

    /// <summary>Makes what is not there, and clears what a crash left half written.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(Public);
        Directory.CreateDirectory(Temporary);
        foreach (var file in Directory.GetFiles(Temporary))
            File.Delete(file);
        Durable.FlushFolder(path);
    }

    /// <summary>Puts a public file in its place at once, not yet on the disk: the journal can write it anew.</summary>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        var target = Path.Combine(Public, name);
        var folder = Path.GetDirectoryName(target)!;
        if (made.Add(folder))
            Directory.CreateDirectory(folder);
        var source = Path.Combine(Temporary, $"{temporary++}");
        using (var file = File.OpenHandle(source, FileMode.Create, FileAccess.Write))
            RandomAccess.Write(file, content, 0);
        File.Move(source, target, overwrite: true);
        if (!OperatingSystem.IsLinux()) // there one call flushes all
            unflushed.Add(target);
    }

    /// <summary>Deletes the partial files whose full one is there.</summary>
    public void DropPartials(TileId full)
    {
        var folder = Path.Combine(Public, full.Path + ".p");
        if (!Directory.Exists(folder))
            return;
        Directory.Delete(folder, recursive: true);
        made.Remove(folder);
    }

    /// <summary>What was put since this was last called.</summary>
    public IReadOnlyList<string> TakeUnflushed()
    {
        string[] taken = [.. unflushed];
        unflushed.Clear();
        return taken;
    }

    /// <summary>Brings public files to the disk.</summary>
    public void Flush(IReadOnlyList<string> files)
    {
        if (Durable.TryFlushFileSystem(Public))
            return;
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.Where(File.Exists))
        {
            using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(handle);
            for (var folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= Public.Length && folders.Add(folder);)
                folder = Path.GetDirectoryName(folder);
        }
        foreach (var folder in folders)
            Durable.FlushFolder(folder);
    }
}
