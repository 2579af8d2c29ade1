using Roast.Files;

namespace Roast.Onnx.Sessions;

/// <summary>What tells in a moment that a file is not the one that it was.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Target">Where the name leads, links followed.</param>
/// <param name="Length">Bytes; -1: it is not there.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(string Path, string Target, long Length, DateTime Written)
{
    public static FileStamp Of(string path)
    {
        string target = RealPath.Of(path);
        var file = new FileInfo(target);
        return file.Exists ? new FileStamp(path, target, file.Length, file.LastWriteTimeUtc) : new FileStamp(path, target, -1, default);
    }
}
