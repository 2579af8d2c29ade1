namespace Roast.Files;

/// <summary>Opens files that somebody named, and says in Roast's words why one cannot be opened.</summary>
public static class InputFile
{
    /// <summary>Opens a file for reading; others may read it meanwhile.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>: it does not exist, is a folder, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw NotFound(path, "it is a folder; name a file in it");
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path, $"there is no such file; check the name, which is looked up from {Environment.CurrentDirectory}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotFound(path, $"{e.Message.TrimEnd('.')}; check the file's rights", e);
        }
    }

    /// <summary>Opens a file that lies in the same folder as another; nothing else, also not through a link.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>; <see cref="RoastError.BadFile"/>: the name leads out of the folder.</exception>
    internal static FileStream OpenBeside(string path, string name)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        RealPath.RequireInside(folder, name, path);
        return Open(Path.Combine(folder, name));
    }

    static RoastException NotFound(string path, string why, Exception? inner = null) => new(RoastError.NotFound, $"{path}: cannot be opened: {why}.", inner);
}
