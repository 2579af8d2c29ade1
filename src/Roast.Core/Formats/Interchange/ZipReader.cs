using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Roast.Formats;

/// <summary>
/// Reads small zip archives that nobody vouches for: stored and deflated files, no encryption, no second disk, no zip64
/// directory. Counts and sizes are compared with limits and with the file before anything is allocated or unpacked.
/// </summary>
sealed class ZipReader
{
    /// <summary>Most files in an archive: a direction per point of a large model.</summary>
    internal const int MaxEntries = 4096;

    /// <summary>Longest name of a file in bytes.</summary>
    internal const int MaxNameBytes = 256;

    /// <summary>Most bytes of all files together, unpacked: 1 GiB.</summary>
    internal const long MaxUnpackedBytes = 1L << 30;

    /// <summary>Most unpacked bytes per packed byte; float32 noise packs 1.1 times, and 1,032 is what deflate can do at all.</summary>
    internal const int MaxRatio = 200;

    const int EndBytes = 22, MaxCommentBytes = 65_535, DirectoryBytes = 46, LocalBytes = 30;
    const uint EndMark = 0x06054b50, DirectoryMark = 0x02014b50, LocalMark = 0x04034b50;
    const ushort Encrypted = 1, Stored = 0, Deflated = 8;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Stream _stream;
    readonly string _file;

    internal ZipReader(Stream stream, string file)
    {
        (_stream, _file) = (stream, file);
        Entries = ReadDirectory();
    }

    /// <summary>The files, in the directory's order; names differ.</summary>
    internal IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>The unpacked bytes of a file, whose length and checksum are as claimed.</summary>
    internal byte[] Read(ZipEntry entry)
    {
        byte[] local = Take(entry.Header, LocalBytes, "a local header");
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalMark) throw Bad($"{Quote(entry)} has no local header at byte {entry.Header}", "PK 3 4");
        long begin = entry.Header + LocalBytes + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        if (begin > _stream.Length - entry.Packed) throw Bad($"{Quote(entry)} takes {entry.Packed} bytes from byte {begin}", $"an end before byte {_stream.Length}");
        byte[] unpacked = new byte[entry.Unpacked];
        int read = 0;
        if (entry.Method == Stored) read = Take(begin, entry.Packed, entry.Name).AsSpan().TryCopyTo(unpacked) ? unpacked.Length : -1;
        else
        {
            using var packed = new MemoryStream(Take(begin, entry.Packed, entry.Name));
            using var inflater = new DeflateStream(packed, CompressionMode.Decompress);
            try
            {
                read = inflater.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
                if (inflater.ReadByte() >= 0) read = -1;
            }
            catch (InvalidDataException e) { throw Bad($"{Quote(entry)} is not deflated data", "data that unpack", e); }
        }
        if (read != unpacked.Length) throw Bad($"{Quote(entry)} does not unpack to {entry.Unpacked} bytes", "what the directory claims");
        return Crc32.Of(unpacked) == entry.Crc ? unpacked : throw Bad($"{Quote(entry)} has another checksum", $"{entry.Crc:x8}");
    }

    List<ZipEntry> ReadDirectory()
    {
        int tail = (int)Math.Min(_stream.Length, EndBytes + MaxCommentBytes);
        byte[] bytes = Take(_stream.Length - tail, tail, "the end of the directory");
        int at = tail - EndBytes;
        while (at >= 0 && (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != EndMark || BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 20)) != tail - at - EndBytes)) at--;
        if (at < 0) throw Bad("the directory's end is missing", "PK 5 6 at the file's end");
        var end = bytes.AsSpan(at);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        (long size, long begin) = (BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        if (BinaryPrimitives.ReadUInt32LittleEndian(end[4..]) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(end[8..]) != count) throw Bad("it is one of several archives", "one archive");
        if (count > MaxEntries) throw Bad($"it has {count} files", $"at most {MaxEntries}");
        if (size < (long)count * DirectoryBytes || begin + size > _stream.Length - tail + at) throw Bad($"the directory takes {size} bytes from byte {begin}", "a directory before its end");
        if (size > (long)count * (DirectoryBytes + MaxNameBytes + MaxCommentBytes)) throw Bad($"the directory of {count} files has {size} bytes", "names and comments in their limits");
        return Parse(Take(begin, size, "the directory"), count, begin);
    }

    List<ZipEntry> Parse(byte[] directory, int count, long limit)
    {
        var (entries, names, at, unpacked) = (new List<ZipEntry>(count), new HashSet<string>(StringComparer.Ordinal), 0, 0L);
        for (int i = 0; i < count; i++)
        {
            if (directory.Length - at < DirectoryBytes || BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at)) != DirectoryMark) throw Bad($"the directory ends inside file {i}", $"{count} files");
            var header = directory.AsSpan(at);
            (int name, int extra, int comment) = (BinaryPrimitives.ReadUInt16LittleEndian(header[28..]), BinaryPrimitives.ReadUInt16LittleEndian(header[30..]), BinaryPrimitives.ReadUInt16LittleEndian(header[32..]));
            if (name > MaxNameBytes || header.Length < DirectoryBytes + name + extra + comment) throw Bad($"the name of file {i} has {name} bytes", $"at most {MaxNameBytes}, inside the directory");
            var entry = new ZipEntry(Name(header.Slice(DirectoryBytes, name)), BinaryPrimitives.ReadUInt16LittleEndian(header[10..]), BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[20..]), BinaryPrimitives.ReadUInt32LittleEndian(header[24..]), BinaryPrimitives.ReadUInt32LittleEndian(header[42..]));
            Check(entry, BinaryPrimitives.ReadUInt16LittleEndian(header[8..]), limit);
            if ((unpacked += entry.Unpacked) > MaxUnpackedBytes) throw new RoastException(RoastError.TooLarge, $"{_file}: its files have more than {MaxUnpackedBytes:N0} bytes unpacked; expected a vector. Check that this is the file you meant.");
            if (!names.Add(entry.Name)) throw Bad($"{Quote(entry)} is there twice", "each name once");
            entries.Add(entry);
            at += DirectoryBytes + name + extra + comment;
        }
        return entries;
    }

    void Check(ZipEntry entry, ushort flags, long limit)
    {
        if ((flags & Encrypted) != 0) throw Interchange.Unsupported(_file, $"{Quote(entry)} is encrypted", "a plain archive", "Save it again with numpy.savez");
        if (entry.Method is not (Stored or Deflated)) throw Interchange.Unsupported(_file, $"{Quote(entry)} is packed by method {entry.Method}", "0 (stored) or 8 (deflated)", "Save it again with numpy.savez");
        if (entry.Packed > limit || entry.Header > limit - LocalBytes) throw Bad($"{Quote(entry)} has {entry.Packed} bytes from byte {entry.Header}", $"data before the directory at byte {limit}");
        if (entry.Unpacked > Math.Max(entry.Packed, 1) * MaxRatio) throw new RoastException(RoastError.TooLarge,
            $"{_file}: {Quote(entry)} unpacks from {entry.Packed} to {entry.Unpacked} bytes; at most {MaxRatio} times are unpacked. Save it again with numpy.savez, which does not pack.");
    }

    string Name(ReadOnlySpan<byte> bytes)
    {
        try { return StrictUtf8.GetString(bytes); }
        catch (DecoderFallbackException e) { throw Bad("a name is not UTF-8", "text", e); }
    }

    byte[] Take(long begin, long count, string what)
    {
        if (begin < 0 || count > _stream.Length - begin) throw Bad($"the file ends inside {BadSafetensors.Quote(what)}", $"{count} bytes from byte {begin} on");
        byte[] bytes = new byte[count];
        _stream.Position = begin;
        return _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : throw Bad("the file became shorter while it was read", "a file that nobody writes to");
    }

    static string Quote(ZipEntry entry) => BadSafetensors.Quote(entry.Name);

    RoastException Bad(string found, string expected, Exception? inner = null) => Interchange.Bad(_file, found, expected, "The archive is damaged, or not written by numpy.savez: save it again", inner);
}
