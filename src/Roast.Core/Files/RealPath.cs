namespace Roast.Files;

/// <summary>Where a name really leads: files that another file names must lie in that file's own folder, also behind links.</summary>
public static class RealPath
{
    // As many as Linux follows.
    const int MaxLinks = 40;

    /// <summary>An absolute path without a symbolic link in it; what does not exist yet is kept as it is.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: links that lead in a circle.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        int links = 0;
        return Resolve(full, ref links, path);
    }

    /// <summary>Refuses a name that is rooted, has <c>.</c>, <c>..</c> or empty parts, or leads out of a folder through a link.</summary>
    /// <param name="folder">The folder that the naming file lies in.</param>
    /// <param name="name">A relative name from an untrusted file; folders below are allowed.</param>
    /// <param name="file">The naming file, for messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>.</exception>
    public static void RequireInside(string folder, string name, string file)
    {
        if (string.IsNullOrEmpty(name) || Path.IsPathRooted(name) || name.AsSpan().IndexOfAny(":\0") >= 0 || name.Split('/', '\\').Any(part => part is "" or "." or ".."))
            throw Outside(file, name, "");
        string root = Of(folder), target = Of(Path.Combine(folder, name));
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!target.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, comparison)) throw Outside(file, name, $", which is a link to {target}");
    }

    // Link by link, folder by folder: a link may stand anywhere in a path, and lead to a path with links.
    static string Resolve(string full, ref int links, string asked)
    {
        string? parent = Path.GetDirectoryName(full);
        if (parent is null) return full;
        string path = Path.Combine(Resolve(parent, ref links, asked), Path.GetFileName(full));
        string? target;
        try { target = new FileInfo(path).LinkTarget; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Circle(asked, e); }
        if (target is null) return path;
        if (++links > MaxLinks) throw Circle(asked, null);
        return Resolve(Path.GetFullPath(target, Path.GetDirectoryName(path)!), ref links, asked);
    }

    static RoastException Outside(string file, string name, string link) => new(RoastError.BadFile,
        $"{file}: refers to '{Formats.BadSafetensors.Quote(name).Trim('\'')}'{link}; expected a file in its own folder. Put the file there (a hard link is fine), or export the model again.");

    static RoastException Circle(string path, Exception? inner) => new(RoastError.BadFile, $"{path}: its links cannot be followed to an end; expected a file. Remove the link.", inner);
}
