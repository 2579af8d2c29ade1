using System.Collections.Immutable;

namespace Roast.Formats;

/// <summary>One tensor of a GGUF file, as its header describes it. Its bytes are <c>[DataStart + Begin, DataStart + End)</c> of the file.</summary>
/// <param name="Name">At most <see cref="GgufHeader.MaxNameBytes"/> bytes of UTF-8.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, slowest first, as everywhere in Roast (the file has them fastest first); 1 to 4 of them, each at least 1.</param>
/// <param name="Begin">First byte, relative to <see cref="GgufHeader.DataStart"/>.</param>
/// <param name="End">One past the last byte, relative to <see cref="GgufHeader.DataStart"/>; what is left to the next tensor is padding.</param>
public sealed record GgufTensor(string Name, GgufType Type, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>Size in bytes.</summary>
    public long Bytes => End - Begin;

    /// <summary>Number of elements.</summary>
    public long Elements
    {
        get
        {
            long elements = 1;
            foreach (long dimension in Shape) elements *= dimension;      // the header's reader proved that this fits
            return elements;
        }
    }

    /// <summary><c>Q4_1 [576, 1536]</c>.</summary>
    public string Describe() => $"{Type} [{string.Join(", ", Shape)}]";
}
