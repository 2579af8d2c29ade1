using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Roast.Formats;

namespace Roast.Files;

/// <summary>Hashes that tell whether two files, or two models, are the same.</summary>
/// <remarks>
/// A weights fingerprint names its scheme. <c>sha256:</c> is over the whole file. <c>sampled-sha256:</c>, for files above
/// <see cref="WholeFileBytes"/>, is over the file's length (8 bytes, little-endian), all that lies before the data of a safetensors or
/// GGUF file (of others: nothing), and 64 blocks of 1 MiB evenly spaced from the first byte of the data to the last: it tells models apart in a second,
/// but does not prove that every weight is the same. <c>shards-sha256:</c> is over the fingerprints of several files.
/// </remarks>
public static class Fingerprint
{
    /// <summary>Files up to this size, in bytes, are hashed whole: 256 MiB.</summary>
    public const long WholeFileBytes = 256L << 20;

    /// <summary>Blocks that are read from a larger file.</summary>
    public const int SampledBlocks = 64;

    /// <summary>Size of such a block in bytes: 1 MiB.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>SHA-256 of a file, lower-case hex. Memory does not grow with the file.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>.</exception>
    public static string Sha256(string path)
    {
        using var stream = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The fingerprint of a model's weights; see the remarks for the scheme.</summary>
    /// <param name="paths">The weights files of the model, in any order; at least one.</param>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>, or <see cref="RoastError.BadFile"/>: a file above <see cref="WholeFileBytes"/> that is named .safetensors or .gguf and is none.</exception>
    public static string Weights(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("Weights need at least one file.", nameof(paths));
        if (paths.Count == 1) return Weights(paths[0], WholeFileBytes);
        // Ordered by fingerprint, so that neither names nor order count.
        var lines = paths.Select(path => Weights(path, WholeFileBytes) + "\n").Order(StringComparer.Ordinal);
        return "shards-sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    internal static string Weights(string path, long wholeFileBytes)
    {
        using var stream = InputFile.Open(path);
        return stream.Length <= wholeFileBytes
            ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream))
            : "sampled-sha256:" + Convert.ToHexStringLower(Sample(stream, path));
    }

    static byte[] Sample(FileStream stream, string path)
    {
        long length = stream.Length, dataStart = Math.Min(length, DataStart(stream, path));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        hash.AppendData(prefix);
        var buffer = new byte[BlockBytes];
        Append(hash, stream, buffer, 0, dataStart);
        long room = Math.Max(length - BlockBytes - dataStart, 0);       // between the first block's begin and the last one's
        for (int i = 0; i < SampledBlocks; i++)
        {
            long begin = dataStart + (long)((Int128)room * i / (SampledBlocks - 1));
            Append(hash, stream, buffer, begin, Math.Min(begin + BlockBytes, length));
        }
        return hash.GetHashAndReset();
    }

    static long DataStart(FileStream stream, string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SAFETENSORS" => SafetensorsHeader.Read(stream, path).DataStart,
        ".GGUF" => GgufHeader.Read(stream, path).DataStart,
        _ => 0,
    };

    static void Append(IncrementalHash hash, FileStream stream, byte[] buffer, long begin, long end)
    {
        stream.Position = begin;
        while (begin < end)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, end - begin));
            if (read == 0) throw new RoastException(RoastError.BadFile, $"{stream.Name}: became shorter while it was hashed; expected a file that nobody writes to. Try again when it is whole.");
            hash.AppendData(buffer, 0, read);
            begin += read;
        }
    }
}
