using System.Buffers.Binary;

namespace Roast.Tests.Fuzz;

/// <summary>Damages bytes in the ways that break readers. Deterministic: the same generator gives the same damage.</summary>
/// <param name="random">Where every choice comes from.</param>
/// <param name="words">Pieces of the format, put in now and then.</param>
sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    /// <summary>Longest input in bytes.</summary>
    internal const int MaxBytes = 64 * 1024;

    static readonly ulong[] Interesting = [0, 1, 2, 7, 8, 31, 32, 63, 64, 127, 128, 255, 256, 4095, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, 1UL << 40, 1UL << 62, long.MaxValue, 1UL << 63, ulong.MaxValue];

    /// <summary>One to six changes of one input, mostly few; sometimes it takes a part of another.</summary>
    internal byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (int changes = 1 + random.Next(1 + random.Next(6)); changes > 0; changes--) Change(bytes, other);
        if (bytes.Count > MaxBytes) bytes.RemoveRange(MaxBytes, bytes.Count - MaxBytes);
        return [.. bytes];
    }

    void Change(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), left = bytes.Count - at;
        switch (random.Next(12))
        {
            case 0 or 1 when left > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 2 when left > 0: bytes[at] = (byte)random.Next(256); break;
            case 3 or 4: Overwrite(bytes, at, Number()); break;
            case 5: bytes.InsertRange(at, Number()); break;
            case 6 when left > 0: bytes.RemoveRange(at, Math.Min(left, Length())); break;
            case 7 when left > 0: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(left, Length()))); break;
            case 8 when random.Next(4) == 0: bytes.RemoveRange(at, left); break;
            case 9 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, Length())).ToArray());
                break;
            case 10 when words.Count > 0: bytes.InsertRange(at, words[random.Next(words.Count)]); break;
            case 11 when words.Count > 0: Overwrite(bytes, at, words[random.Next(words.Count)]); break;
        }
    }

    static void Overwrite(List<byte> bytes, int at, byte[] by)
    {
        for (int i = 0; i < by.Length && at + i < bytes.Count; i++) bytes[at + i] = by[i];
    }

    byte[] Number()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Interesting[random.Next(Interesting.Length)] + (ulong)random.Next(-1, 2));
        if (random.Next(4) == 0) bytes.AsSpan().Reverse();
        return bytes[..(1 << random.Next(4))];
    }

    // Mostly short, sometimes long.
    int Length() => 1 + random.Next(1 << random.Next(1, 11));
}
