namespace Roast.Formats;

/// <summary>The lines of a text file, each no longer than a limit, so that a file without line ends cannot fill memory.</summary>
public static class BoundedLines
{
    const int ChunkBytes = 64 * 1024;

    /// <summary>Reads lines without their line feeds; the last one need not have one.</summary>
    /// <param name="stream">The file; read from where it stands.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="maxBytes">Longest line in bytes.</param>
    /// <returns>Each line's bytes; the memory is overwritten by the next step.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: a longer line; the message names file and line.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(Stream stream, string file, int maxBytes)
    {
        byte[] buffer = new byte[ChunkBytes];
        (int start, int filled, int number) = (0, 0, 1);
        while (true)
        {
            int end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if ((end >= 0 ? end : filled - start) > maxBytes)
                throw new RoastException(RoastError.TooLarge, $"{file}:{number}: the line has more than {maxBytes:N0} bytes. Expected one JSON object a line: check that this is the file you meant.");
            if (end >= 0)
            {
                yield return buffer.AsMemory(start, end);
                (start, number) = (start + end + 1, number + 1);
                continue;
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (filled, start) = (filled - start, 0);
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0) break;
            filled += read;
        }
        if (filled > 0) yield return buffer.AsMemory(0, filled);
    }
}
