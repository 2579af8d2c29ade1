using System.IO.Compression;
using Snappier;
using ZstdSharp;

namespace Roast.Tasks;

/// <summary>How pages are packed, by Parquet's numbers.</summary>
internal enum ParquetCodec { None, Snappy, Gzip, Lzo, Brotli, Lz4, Zstd, Lz4Raw }

/// <summary>Unpacks pages into memory of the size that was announced; a page of another size is damaged.</summary>
internal static class ParquetCodecs
{
    /// <summary>Unpacks a page.</summary>
    /// <param name="codec">How it is packed; not <see cref="ParquetCodec.None"/>.</param>
    /// <param name="packed">The page.</param>
    /// <param name="page">Receives it; its length is the one that the page's header announces.</param>
    /// <exception cref="FormatException">The page is damaged or has another size, or the codec is not known.</exception>
    internal static void Unpack(ParquetCodec codec, ReadOnlyMemory<byte> packed, Span<byte> page)
    {
        int length;
        try
        {
            length = codec switch
            {
                ParquetCodec.Snappy => Snappy.GetUncompressedLength(packed.Span) is var announced && announced != page.Length ? announced : Snappy.Decompress(packed.Span, page),
                ParquetCodec.Gzip => Gzip(packed, page),
                ParquetCodec.Brotli => BrotliDecoder.TryDecompress(packed.Span, page, out int written) ? written : -1,
                ParquetCodec.Zstd => Zstd(packed.Span, page),
                _ => throw new FormatException($"its pages are packed with {codec}; snappy, gzip, zstd, brotli or no packing was expected"),
            };
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or ArgumentException or OverflowException) { throw new FormatException($"a page is no {codec}: {e.Message.TrimEnd('.')}", e); }
        if (length != page.Length) throw new FormatException($"a page of {page.Length} bytes was announced, and {codec} {(length < 0 ? "does not unpack it" : $"has {length}")}");
    }

    static int Gzip(ReadOnlyMemory<byte> packed, Span<byte> page)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        int length = gzip.ReadAtLeast(page, page.Length, throwOnEndOfStream: false);
        return length == page.Length && gzip.ReadByte() >= 0 ? length + 1 : length;
    }

    static int Zstd(ReadOnlySpan<byte> packed, Span<byte> page)
    {
        using var zstd = new Decompressor();
        return zstd.TryUnwrap(packed, page, out int written) ? written : -1;
    }
}
