using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roast.Tests.Kernels.Simulator;

/// <summary>One allocation: its bytes, which of them were ever written, and who touched them in this launch, by pieces of two bytes.</summary>
sealed class SimulatedMemory(ulong start, long bytes)
{
    public readonly ulong Start = start;
    public readonly byte[] Data = new byte[bytes];
    public readonly bool[] Written = new bool[bytes];
    public readonly int[] Writer = new int[(bytes + 1) / 2], Reader = new int[(bytes + 1) / 2];
    bool _touched;

    public bool Contains(ulong p, long size) => p >= Start && p + (ulong)size <= Start + (ulong)Data.Length;

    public void Touch() => _touched = true;

    public void ForgetAccess()
    {
        if (!_touched) return;
        Array.Clear(Writer);
        Array.Clear(Reader);
        _touched = false;
    }
}

sealed partial class Machine
{
    const int Gap = 4096;                                     // bytes after each allocation that belong to nobody
    const int Many = int.MaxValue;
    readonly List<SimulatedMemory> buffers = [];
    ulong next = 0x7f00_0000_0000;
    SimulatedMemory? hit;

    public ulong Allocate(long bytes)
    {
        var memory = new SimulatedMemory(next, bytes);
        buffers.Add(memory);
        next += (ulong)(bytes + Gap + 255) / 256 * 256;
        return memory.Start;
    }

    public void Free(ulong start)
    {
        buffers.RemoveAll(memory => memory.Start == start);
        hit = null;
    }

    /// <summary>The host's access.</summary>
    public Span<byte> Host(ulong p, long bytes, bool writes)
    {
        var memory = Find(p, bytes, out int at);
        if (writes) memory.Written.AsSpan(at, (int)bytes).Fill(true);
        else if (memory.Written.AsSpan(at, (int)bytes).Contains(false)) throw new PtxException($"the host reads {bytes} bytes at 0x{p:x} that were never all written");
        return memory.Data.AsSpan(at, (int)bytes);
    }

    SimulatedMemory Find(ulong p, long size, out int offset)
    {
        var b = hit;
        if (b is null || !b.Contains(p, size))
        {
            b = buffers.FirstOrDefault(x => x.Contains(p, size)) ?? throw new PtxException($"{size} bytes at 0x{p:x} lie in no allocation");
            hit = b;
        }
        offset = (int)(p - b.Start);
        return b;
    }

    void Global(in Ins i, Span<ulong> r, int t)
    {
        int size = TypeBytes[(int)i.Type] * i.Width;
        ulong a = r[i.A] + (ulong)i.Imm;
        if (a % (ulong)size != 0) throw new PtxException($"{size}-byte access at 0x{a:x}: misaligned");
        var b = Find(a, size, out int at);
        b.Touch();
        int me = blockFirst + t, first = at / 2, last = (at + size - 1) / 2;
        if (i.Op == Op.LdGlobal)
        {
            if (b.Written.AsSpan(at, size).Contains(false)) throw new PtxException($"{size} bytes at 0x{a:x} are read, never written");
            Load(b.Data, at, i, r);
            Traffic.GlobalRead += size;
            for (int w = first; w <= last; w++)
            {
                if (b.Writer[w] != 0 && (b.Writer[w] != me || i.Sub == 1)) throw new PtxException(i.Sub == 1 ? "ld.global.nc of memory that this launch writes" : $"race: read of 0x{a:x}, written by another thread");
                if (b.Reader[w] == 0) b.Reader[w] = me;
                else if (b.Reader[w] != me) b.Reader[w] = Many;
            }
            return;
        }
        if (size < 2) throw new PtxException("stores of single bytes are not followed here");
        Store(b.Data, at, i, r);
        b.Written.AsSpan(at, size).Fill(true);
        Traffic.GlobalWritten += size;
        for (int w = first; w <= last; w++)
        {
            if (b.Writer[w] != 0 && b.Writer[w] != me) throw new PtxException($"race: two threads write 0x{a:x}");
            if (b.Reader[w] != 0 && b.Reader[w] != me) throw new PtxException($"race: write of 0x{a:x}, read by another thread");
            b.Writer[w] = me;
        }
    }

    void Shared(in Ins i, Span<ulong> r, int t)
    {
        int size = TypeBytes[(int)i.Type] * i.Width;
        long a = (i.A >= 0 ? (long)r[i.A] : 0) + i.Imm;
        if (a < 0 || a + size > shared.Length) throw new PtxException($"shared memory ends at {shared.Length}, access at {a}");
        if (a % size != 0) throw new PtxException($"{size}-byte access to shared memory at {a}: misaligned");
        int me = t + 1, tag = epoch << 11 | me;               // a word's last writer and reader: thread + 1 in the low 11 bits, epoch above
        for (int w = (int)a / 4; w <= (int)(a + size - 1) / 4; w++)
        {
            int wr = sharedWriter[w], rd = sharedReader[w];
            if (wr >> 11 == epoch && (wr & 2047) != me) throw new PtxException($"race: shared memory at {a}, written by thread {(wr & 2047) - 1} since the last barrier");
            if (i.Op == Op.LdShared)
            {
                if (wr == 0) throw new PtxException($"shared memory at {a} is read, never written");
                sharedReader[w] = rd >> 11 == epoch && (rd & 2047) != me ? epoch << 11 | 2047 : tag;
                continue;
            }
            if (rd >> 11 == epoch && (rd & 2047) != me) throw new PtxException($"race: shared memory at {a}, read by another thread since the last barrier");
            sharedWriter[w] = tag;
        }
        if (i.Op == Op.LdShared) Load(shared, (int)a, i, r);
        else Store(shared, (int)a, i, r);
    }

    static void Load(byte[] from, int at, in Ins i, Span<ulong> r)
    {
        int size = TypeBytes[(int)i.Type];
        ref byte first = ref from[at];
        for (int j = 0; j < i.Vec!.Length; j++)
        {
            ref byte value = ref Unsafe.Add(ref first, j * size);
            ulong v = size switch { 4 => Unsafe.ReadUnaligned<uint>(ref value), 8 => Unsafe.ReadUnaligned<ulong>(ref value), 2 => Unsafe.ReadUnaligned<ushort>(ref value), _ => value };
            r[i.Vec[j]] = i.Type is T.S8 or T.S16 ? (ulong)Signed(v, i.Type) : v;
        }
    }

    static void Store(byte[] to, int at, in Ins i, Span<ulong> r)
    {
        int size = TypeBytes[(int)i.Type];
        for (int j = 0; j < i.Vec!.Length; j++, at += size)
        {
            ulong v = r[i.Vec[j]];
            MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in v))[..size].CopyTo(to.AsSpan(at));
        }
    }
}
