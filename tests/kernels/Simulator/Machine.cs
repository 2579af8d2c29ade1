namespace Roast.Tests.Kernels.Simulator;

/// <summary>What a run moved and executed.</summary>
struct Traffic
{
    public long Launches, Instructions, GlobalRead, GlobalWritten, Barriers, Shuffles;
}

/// <summary>
/// Runs a decoded kernel: blocks one after another, each thread until it waits. Finds what a device's own sanitizer finds: access outside an
/// allocation or misaligned, memory read before it was written, races in shared memory between barriers and in global memory within a launch,
/// barriers and shuffles that not every thread reaches. Registers begin as garbage.
/// </summary>
sealed partial class Machine
{
    const ulong Garbage = 0xa5a5_5a5a_c3c3_3c3c;
    enum State : byte { Ready, Barrier, Warp, Ended }

    PtxKernel k = null!;
    byte[] shared = [], param = [];
    int[] sharedWriter = [], sharedReader = [];
    readonly uint[] special = new uint[13];
    int epoch, threads, blockFirst, launchTag;
    ulong[] regs = [];
    int[] pc = [];
    State[] state = [];

    public Traffic Traffic;

    /// <summary>Most instructions of one thread between two waits; a mutated loop may not end by itself.</summary>
    public long MostInstructions { get; init; } = 20_000_000;

    /// <summary>Launches; an argument's low bytes count where its parameter is narrower than a slot.</summary>
    public void Launch(PtxKernel kernel, int gridX, int gridY, int block, ReadOnlySpan<ulong> arguments)
    {
        (k, threads) = (kernel, block);
        if (threads > k.MaxThreads) throw new PtxException($"{k.Name}: {threads} threads, .maxntid allows {k.MaxThreads}");
        if (gridX < 1 || gridY is < 1 or > 65535) throw new PtxException($"{k.Name}: a grid of {gridX} x {gridY}");
        if (arguments.Length != k.Params.Count) throw new PtxException($"{k.Name}: {k.Params.Count} arguments wanted, {arguments.Length} given");
        param = new byte[k.ParamBytes];
        for (int i = 0; i < arguments.Length; i++) BitConverter.GetBytes(arguments[i]).AsSpan(0, k.Params[i].Size).CopyTo(param.AsSpan(k.Params[i].Offset));
        launchTag = 0;
        foreach (var b in buffers) b.ForgetAccess();
        shared = new byte[k.SharedBytes];
        (sharedWriter, sharedReader) = (new int[k.SharedBytes / 4 + 1], new int[k.SharedBytes / 4 + 1]);
        (regs, pc, state) = (new ulong[threads * k.RegisterCount], new int[threads], new State[threads]);
        (special[3], special[4], special[5]) = ((uint)block, 1, 1);
        (special[9], special[10], special[11]) = ((uint)gridX, (uint)gridY, 1);
        Traffic.Launches++;
        for (int y = 0; y < gridY; y++)
            for (int x = 0; x < gridX; x++)
            {
                (special[6], special[7], special[8]) = ((uint)x, (uint)y, 0);
                blockFirst = launchTag + 1;
                launchTag += threads;
                Block();
            }
    }

    void Block()
    {
        Array.Fill(regs, Garbage);
        Array.Clear(pc);
        Array.Clear(state);
        Array.Fill(shared, (byte)0xa5);                       // whatever was there
        Array.Clear(sharedWriter);
        Array.Clear(sharedReader);
        epoch = 1;
        for (int t = 0; t < threads; t++) foreach (var (r, v) in k.Constants) regs[t * k.RegisterCount + r] = v;
        for (; ; )
        {
            bool ran = false;
            for (int w = 0; w < threads; w += 32) ran |= RunWarp(w, Math.Min(w + 32, threads));
            int ended = state.Count(s => s == State.Ended), barrier = state.Count(s => s == State.Barrier);
            if (ended == threads) return;
            if (barrier == threads)
            {
                for (int t = 1; t < threads; t++) if (pc[t] != pc[0]) throw Fault(t, "threads wait at different barriers");
                for (int t = 0; t < threads; t++) { state[t] = State.Ready; pc[t]++; }
                Traffic.Barriers++;
                epoch++;
                continue;
            }
            if (!ran) throw new PtxException($"ptx {k.Name} block ({special[6]},{special[7]}): {ended} threads ended, {barrier} at a barrier, {threads - ended - barrier} at a warp operation");
        }
    }

    /// <summary>Runs a warp until all its threads ended or wait for the block.</summary>
    bool RunWarp(int w, int hi)
    {
        for (bool ran = false; ;)
        {
            int waiting = 0;
            bool any = false;
            for (int t = w; t < hi; t++)
            {
                if (state[t] == State.Ready)
                {
                    (special[0], special[1], special[2], special[12]) = ((uint)t, 0, 0, (uint)(t & 31));
                    any = ran = true;
                    try { Run(t); }
                    catch (PtxException e) when (!e.Message.StartsWith("ptx ", StringComparison.Ordinal)) { throw Fault(t, e.Message); }
                }
                if (state[t] == State.Warp) waiting++;
            }
            if (waiting == hi - w) Exchange(w, hi);
            else if (!any) return ran;
        }
    }

    PtxException Fault(int t, string why) => new($"ptx {k.Name} line {k.Code[Math.Min(pc[t], k.Code.Length - 1)].Line}, block ({special[6]},{special[7]}) thread {t}: {why}");

    /// <summary>A shuffle or vote, once the whole warp is there.</summary>
    void Exchange(int w, int hi)
    {
        for (int t = w + 1; t < hi; t++) if (pc[t] != pc[w]) throw Fault(t, "lanes wait at different warp operations");
        ref Ins i = ref k.Code[pc[w]];
        Span<uint> got = stackalloc uint[32];
        Span<bool> inRange = stackalloc bool[32];
        int n = hi - w, rc = k.RegisterCount;
        if (i.Op == Op.Vote)
        {
            uint m = 0;
            for (int t = 0; t < n; t++) if (regs[(w + t) * rc + i.A] != 0) m |= 1u << t;
            got.Fill(m);
        }
        else if (i.Op == Op.Shfl)
        {
            Traffic.Shuffles++;
            for (int t = 0; t < n; t++)
            {
                uint b = (uint)regs[(w + t) * rc + i.B] & 31, c = (uint)regs[(w + t) * rc + i.C], seg = c >> 8 & 31, clamp = c & 31;
                int max = (int)(((uint)t & seg) | (clamp & ~seg)), min = (int)((uint)t & seg);
                int j = i.Sub switch { (byte)'b' => t ^ (int)b, (byte)'d' => t + (int)b, (byte)'u' => t - (int)b, _ => min | (int)(b & ~seg) };
                bool ok = i.Sub == (byte)'u' ? j >= max : j <= max;
                if (!ok) j = t;
                if (j >= n) throw Fault(w + t, $"shuffle from lane {j}, which the block does not have");
                (got[t], inRange[t]) = ((uint)regs[(w + j) * rc + i.A], ok);
            }
        }
        for (int t = 0; t < n; t++)
        {
            if (i.D >= 0) regs[(w + t) * rc + i.D] = got[t];
            if (i.E >= 0) regs[(w + t) * rc + i.E] = inRange[t] ? 1u : 0u;
            pc[w + t]++;
            state[w + t] = State.Ready;
        }
    }
}
