using System.Collections.Immutable;

namespace Roast.Formats;

/// <summary>One tensor of a safetensors file, as its header describes it. Its bytes are <c>[DataStart + Begin, DataStart + End)</c> of the file.</summary>
/// <param name="Name">Any text, the empty one included.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, slowest first; none for a scalar.</param>
/// <param name="Begin">First byte, relative to <see cref="SafetensorsHeader.DataStart"/>.</param>
/// <param name="End">One past the last byte, relative to <see cref="SafetensorsHeader.DataStart"/>.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>Size in bytes.</summary>
    public long Bytes => End - Begin;

    /// <summary>Number of elements: 1 for a scalar, 0 where a dimension is 0.</summary>
    public long Elements
    {
        get
        {
            long elements = 1;
            foreach (long dimension in Shape) elements *= dimension;      // the header's reader proved that this fits
            return elements;
        }
    }
}
