using Roast.Files;
using Roast.Formats;

namespace Roast;

public sealed partial class SteeringVector
{
    /// <summary>Reads a steering vector's file; docs/steering-format.md specifies it.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, or what <see cref="SteeringVectorFormat.Read"/> refuses.</exception>
    public static SteeringVector Load(string path)
    {
        using var stream = InputFile.Open(path);
        return SteeringVectorFormat.Read(stream, path);
    }

    /// <summary>Writes the vector's file: whole, or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>: the file exists and <paramref name="overwrite"/> is <c>false</c>, or the folder is not writable.</exception>
    public void Save(string path, bool overwrite = true) => AtomicFile.Write(path, overwrite, stream => SteeringVectorFormat.Write(stream, this));
}
