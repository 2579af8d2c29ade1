namespace Roast.Files;

/// <summary>Writes files that are whole or not there: no reader, and no interruption, ever meets half of one.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a file through a temporary one in the same folder, which is flushed to disk and then renamed.
    /// Where anything fails, the temporary file is deleted and an older file at <paramref name="path"/> stays as it was.
    /// </summary>
    /// <param name="path">The file to write; its folder must exist. A link is followed: its target is replaced.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <param name="write">Writes the content; the stream can seek. May throw, also <see cref="OperationCanceledException"/>: what it throws arrives at the caller, except I/O errors.</param>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>: the file exists and <paramref name="overwrite"/> is <c>false</c>, or the folder is missing, full or not writable.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (Directory.Exists(path)) throw CannotWrite(path, "it is a folder; name a file in it");
        ThrowIfDevice(path);
        if (!overwrite && File.Exists(path)) throw Exists(path);
        string? temporary = null;
        try
        {
            string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
            string folder = Path.GetDirectoryName(target)!;
            if (!Directory.Exists(folder)) throw CannotWrite(path, $"the folder {folder} does not exist; create it");
            string name = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
            // FileShare.None: nobody reads it before it is whole.
            using (var stream = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                temporary = name;
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(name, target, overwrite);
            temporary = null;
        }
        catch (IOException) when (!overwrite && File.Exists(path)) { throw Exists(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, $"{e.Message.TrimEnd('.')}; check the folder's rights and the free space, or name another file", e);
        }
        finally { if (temporary is not null) Delete(temporary); }
    }

    /// <summary>Refuses a name where a Unix system has its devices: renaming would put a file in the place of one.</summary>
    internal static void ThrowIfDevice(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full;
        if (folder is "/dev" or "/dev/pts" or "/dev/fd" || folder == "/proc" || folder.StartsWith("/proc/", StringComparison.Ordinal))
            throw CannotWrite(path, $"{folder} holds devices of this system; name a file in another folder");
    }

    // The failure that brought us here is the one to report; a file that cannot even be deleted must not hide it.
    static void Delete(string temporary)
    {
        try { File.Delete(temporary); }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }

    static RoastException Exists(string path) => CannotWrite(path, "it exists already; name another file or ask for overwriting");

    static RoastException CannotWrite(string path, string why, Exception? inner = null) => new(RoastError.CannotWrite, $"{path}: cannot be written: {why}.", inner);
}
