using System.Runtime.InteropServices;

namespace Roast.Text;

/// <summary>
/// The ids of pieces seen before. Bounded: a piece has one place, and a later one with the same place takes it. Entries never
/// change, so threads read and write without locks.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>Places; a language has some ten thousand frequent words.</summary>
    internal const int Places = 1 << 15;

    /// <summary>Longest piece that is kept, in UTF-16 units.</summary>
    internal const int MaxLength = 24;

    readonly Entry?[] _entries = new Entry?[Places];

    sealed record Entry(string Piece, int[] Ids);

    /// <summary>The ids of a piece; <c>null</c> where they are not kept.</summary>
    internal int[]? Find(ReadOnlySpan<char> piece, uint place) =>
        _entries[place] is { } entry && piece.SequenceEqual(entry.Piece) ? entry.Ids : null;

    internal void Keep(ReadOnlySpan<char> piece, uint place, ReadOnlySpan<int> ids) => _entries[place] = new Entry(piece.ToString(), ids.ToArray());

    /// <summary>The place of a piece of at most <see cref="MaxLength"/> units.</summary>
    internal static uint Place(ReadOnlySpan<char> piece)
    {
        ulong hash = (ulong)piece.Length;
        var bytes = MemoryMarshal.AsBytes(piece);
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0x9E3779B97F4A7C15;
        for (; bytes.Length >= 2; bytes = bytes[2..]) hash = (hash ^ MemoryMarshal.Read<ushort>(bytes)) * 0x9E3779B97F4A7C15;
        return (uint)((hash ^ hash >> 29) * 0xBF58476D1CE4E5B9 >> 64 - 15);
    }
}
