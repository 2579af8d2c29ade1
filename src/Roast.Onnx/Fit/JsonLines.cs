namespace Roast.Onnx;

/// <summary>The lines of a file of JSON lines, each no longer than a limit, so that a file without line ends cannot fill memory.</summary>
public static class JsonLines
{
    const int ChunkBytes = 64 * 1024;

    /// <summary>Reads lines, without their line ends; the last one need not have one.</summary>
    /// <param name="stream">The file; read from where it stands.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="maxBytes">Longest line in bytes.</param>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: a longer line.</exception>
    public static IEnumerable<byte[]> Read(Stream stream, string file, int maxBytes)
    {
        var chunk = new byte[ChunkBytes];
        var line = new MemoryStream();
        int number = 1, read;
        while ((read = stream.Read(chunk)) > 0)
        {
            int start = 0;
            while (start < read)
            {
                int end = Array.IndexOf(chunk, (byte)'\n', start, read - start);
                int stop = end < 0 ? read : end;
                if (line.Length + stop - start > maxBytes)
                    throw new RoastException(RoastError.TooLarge, $"{file}:{number}: the line has more than {maxBytes:N0} bytes. Expected one JSON object a line: check that this is the file you meant.");
                line.Write(chunk, start, stop - start);
                start = stop + 1;
                if (end < 0) continue;
                yield return line.ToArray();
                line.SetLength(0);
                number++;
            }
        }
        if (line.Length > 0) yield return line.ToArray();
    }
}
