namespace Roast.Formats;

/// <summary>Whole files that are small by nature.</summary>
static class BoundedBytes
{
    /// <summary>All bytes of a stream; refuses a longer one before anything is allocated.</summary>
    internal static byte[] Read(Stream stream, string file, long maxBytes)
    {
        if (stream.Length > maxBytes)
            throw new RoastException(RoastError.TooLarge, $"{file}: has {stream.Length:N0} bytes; at most {maxBytes:N0} are read. Check that this is the file you meant.");
        byte[] bytes = new byte[stream.Length];
        stream.Position = 0;
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes
            : throw Interchange.Bad(file, "the file became shorter while it was read", "a file that nobody writes to", "Try again when it is whole");
    }
}
