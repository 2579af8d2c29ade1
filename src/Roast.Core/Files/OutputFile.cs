namespace Roast.Files;

/// <summary>Asks, before long work begins, whether its result can be written.</summary>
public static class OutputFile
{
    /// <summary>Refuses what <see cref="AtomicFile.Write"/> would refuse after the work: an output that exists, is a folder, or has no folder.</summary>
    /// <param name="path">The file that will be written.</param>
    /// <param name="overwrite">Whether a file that exists will be replaced.</param>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public static void Require(string path, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw CannotWrite(path, "it is a folder; name a file in it");
        AtomicFile.ThrowIfDevice(path);
        if (!overwrite && File.Exists(path)) throw CannotWrite(path, "it exists already; name another file or ask for overwriting");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw CannotWrite(path, $"the folder {folder} does not exist; create it");
    }

    static RoastException CannotWrite(string path, string why) => new(RoastError.CannotWrite, $"{path}: cannot be written: {why}.");
}
