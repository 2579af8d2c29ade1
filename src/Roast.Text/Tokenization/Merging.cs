namespace Roast.Text;

/// <summary>
/// Byte-pair merging: the two neighbours with the lowest rank merge, the leftmost first, until none are left. Short pieces are
/// searched again for each merge; long ones keep their candidates in a heap, so that a megabyte without a space takes a second, not a day.
/// </summary>
internal static class Merging
{
    /// <summary>Up to this many tokens searching again is faster than a heap.</summary>
    internal const int ShortPiece = 48;

    /// <summary>Merges in place; returns how many tokens are left at the front of <paramref name="ids"/>.</summary>
    internal static int Merge(Span<int> ids, MergeTable merges) => ids.Length <= ShortPiece ? MergeShort(ids, merges) : MergeLong(ids, merges);

    internal static int MergeShort(Span<int> ids, MergeTable merges)
    {
        int count = ids.Length;
        if (count < 2) return count;
        Span<ulong> candidates = stackalloc ulong[ShortPiece];
        for (int i = 0; i + 1 < count; i++) candidates[i] = merges.Find(ids[i], ids[i + 1]);
        for (; ; )
        {
            (ulong best, int at) = (MergeTable.None, -1);
            for (int i = 0; i + 1 < count; i++)
                if (candidates[i] < best) (best, at) = (candidates[i], i);
            if (at < 0) return count;
            ids[at] = (int)(uint)best;
            ids[(at + 2)..count].CopyTo(ids[(at + 1)..]);
            count--;
            if (at + 1 < count) candidates[(at + 2)..count].CopyTo(candidates[(at + 1)..]);
            if (at > 0) candidates[at - 1] = merges.Find(ids[at - 1], ids[at]);
            if (at + 1 < count) candidates[at] = merges.Find(ids[at], ids[at + 1]);
        }
    }

    internal static int MergeLong(Span<int> ids, MergeTable merges)
    {
        int count = ids.Length;
        var (next, previous) = (new int[count], new int[count]);
        var heap = new PriorityQueue<(int Left, ulong Merge), (uint Rank, int Left)>(count);
        for (int i = 0; i < count; i++) (next[i], previous[i]) = (i + 1, i - 1);
        for (int i = 0; i + 1 < count; i++) Propose(i, ids);
        while (heap.TryDequeue(out var candidate, out _))
        {
            int left = candidate.Left, right = next[left];
            if (ids[left] < 0 || right >= count || merges.Find(ids[left], ids[right]) != candidate.Merge) continue;   // one of the two has merged meanwhile
            ids[left] = (int)(uint)candidate.Merge;
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] < count) previous[next[left]] = left;
            if (previous[left] >= 0) Propose(previous[left], ids);
            if (next[left] < count) Propose(left, ids);
        }
        int kept = 0;
        for (int i = 0; i < count; i = next[i]) ids[kept++] = ids[i];
        return kept;

        void Propose(int left, Span<int> all)
        {
            ulong merge = merges.Find(all[left], all[next[left]]);
            if (merge != MergeTable.None) heap.Enqueue((left, merge), ((uint)(merge >> 32), left));
        }
    }
}
