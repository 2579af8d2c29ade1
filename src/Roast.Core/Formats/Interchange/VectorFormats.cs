namespace Roast.Formats;

/// <summary>The formats that vectors are read from and written to. docs/interchange.md says what each can say.</summary>
public static class VectorFormats
{
    /// <summary>How much of a file is looked at to tell its format: 4 KiB.</summary>
    public const int HeadBytes = 4096;

    /// <summary>All formats; the first that recognizes a file reads it, the first with an extension writes it.</summary>
    public static IReadOnlyList<IVectorFormat> All { get; } =
        [new RoastVectorFormat(), new ControlVectorFormat(), new EasySteerFormat(), new DirectionalSteeringFormat(), new OrbitFormat(), new NpzFormat()];

    /// <summary>The format of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static IVectorFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"'{name}' is not a vector format; there are {string.Join(", ", All.Select(format => format.Name))}.", nameof(name));

    /// <summary>The format that a file's content is of, whatever its name; <c>null</c> where none recognizes it.</summary>
    /// <param name="stream">A seekable stream; stands at its begin afterwards.</param>
    public static IVectorFormat? Detect(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var head = new byte[(int)Math.Min(HeadBytes, stream.Length)];
        stream.Position = 0;
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return All.FirstOrDefault(format => format.Recognizes(head.AsSpan(0, read)));
    }

    /// <summary>The format that a file of this name is written in.</summary>
    /// <exception cref="ArgumentException">No format that can be written has this extension.</exception>
    public static IVectorFormat ForWriting(string fileName)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return All.Where(format => format.CanWrite)
            .SelectMany(format => format.Extensions.Where(end => fileName.EndsWith(end, StringComparison.OrdinalIgnoreCase)).Select(end => (Format: format, end.Length)))
            .OrderByDescending(match => match.Length).FirstOrDefault().Format
            ?? throw new ArgumentException($"'{fileName}' does not say in which format it shall be written; expected a name that ends in {string.Join(", ", All.Where(format => format.CanWrite).SelectMany(format => format.Extensions).Distinct())}.", nameof(fileName));
    }

    /// <summary>Reads a vector of any format, told by its content.</summary>
    /// <param name="stream">A seekable stream over the whole file; stays open.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="options"><c>null</c>: the defaults.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/>: no format recognizes it; or what the format refuses.</exception>
    public static ImportedVector Read(Stream stream, string file, VectorImportOptions? options = null)
    {
        // Where the content says nothing the name may: then its format says what is wrong.
        var format = Detect(stream) ?? All.FirstOrDefault(x => x.Extensions.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase))) ?? throw new RoastException(RoastError.BadFile,
            $"{file}: its first bytes are of no known vector format; expected {string.Join(", ", All.Select(x => $"{x.Description} ({x.Name})"))}. Check that this is the file you meant.");
        return format.Read(stream, file, options ?? new());
    }
}
