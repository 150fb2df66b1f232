using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Certificates;

/// <summary>Files and folders that survive a power failure once these calls return.</summary>
internal static partial class Durable
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <summary>Writes a file under another name, brings it to the disk and puts it in its place: a reader sees the old one or the new one.</summary>
    public static void Replace(string path, string temporary, ReadOnlySpan<byte> content)
    {
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Brings the names in a folder to the disk. (On Windows the file system does so by itself.)</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Open(folder);
        if (fsync(handle) != 0)
            throw new IOException($"The folder '{folder}' could not be brought to the disk (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Brings everything on the folder's file system to the disk in one call.</summary>
    /// <returns>False where the system has no such call: then each file has to be flushed.</returns>
    public static bool TryFlushFileSystem(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var handle = Open(folder);
        return syncfs(handle) == 0 ? true : throw new IOException($"The file system of '{folder}' could not be brought to the disk (error {Marshal.GetLastPInvokeError()}).");
    }

    private static SafeFileHandle Open(string folder)
    {
        var handle = new SafeFileHandle(open(folder, OperatingSystem.IsLinux() ? ReadOnlyFolder : 0, 0), ownsHandle: true);
        return handle.IsInvalid ? throw new IOException($"The folder '{folder}' could not be opened (error {Marshal.GetLastPInvokeError()}).") : handle;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int syncfs(SafeFileHandle file);
}
