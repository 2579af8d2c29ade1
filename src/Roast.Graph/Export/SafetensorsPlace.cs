using Roast.Files;
using Roast.Formats;

namespace Roast.Graph.Export;

/// <summary>A tensor and the file that holds it.</summary>
/// <param name="Path">The safetensors file.</param>
/// <param name="Entry">What its header says of the tensor.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
internal sealed record SafetensorsPlace(string Path, SafetensorsEntry Entry, long Offset)
{
    /// <summary>All tensors of a file, from its checked header.</summary>
    /// <exception cref="RoastException">NotFound or BadFile.</exception>
    public static IEnumerable<SafetensorsPlace> Of(string path)
    {
        using var stream = InputFile.Open(path);
        var header = SafetensorsHeader.Read(stream, path);
        return header.Entries.Select(entry => new SafetensorsPlace(path, entry, header.DataStart + entry.Begin));
    }
}
