using System.Numerics;

namespace Roast.Text;

/// <summary>Which two tokens merge, in which order of rank, and into what. An open hash table: two arrays, no object for an entry.</summary>
internal sealed class MergeTable
{
    const ulong Empty = ulong.MaxValue;

    readonly ulong[] _pairs;
    readonly ulong[] _results;                              // rank in the upper half, id in the lower
    readonly int _shift;

    internal MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, merges.Count * 2));
        (_pairs, _results, _shift) = (new ulong[size], new ulong[size], 64 - BitOperations.Log2((uint)size));
        Array.Fill(_pairs, Empty);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            ulong pair = Pair(merges[rank].Left, merges[rank].Right);
            int slot = Slot(pair);
            while (_pairs[slot] != Empty && _pairs[slot] != pair) slot = (slot + 1) & (size - 1);
            (_pairs[slot], _results[slot]) = (pair, (ulong)rank << 32 | (uint)merges[rank].Merged);     // of two equal merges the last counts, as in the reference
        }
    }

    /// <summary>Rank (upper half) and merged id (lower half); <see cref="None"/> where the two do not merge. Lower is sooner.</summary>
    internal ulong Find(int left, int right)
    {
        ulong pair = Pair(left, right);
        for (int slot = Slot(pair); ; slot = (slot + 1) & (_pairs.Length - 1))
        {
            if (_pairs[slot] == pair) return _results[slot];
            if (_pairs[slot] == Empty) return None;
        }
    }

    /// <summary>Two tokens that do not merge.</summary>
    internal const ulong None = ulong.MaxValue;

    int Slot(ulong pair) => (int)(pair * 0x9E3779B97F4A7C15 >> _shift);

    static ulong Pair(int left, int right) => (ulong)(uint)left << 32 | (uint)right;
}
