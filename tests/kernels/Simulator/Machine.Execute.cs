using System.Numerics;

namespace Roast.Tests.Kernels.Simulator;

/// <summary>One thread, until it waits or ends.</summary>
sealed partial class Machine
{
    void Run(int t)
    {
        var code = k.Code;
        Span<ulong> r = regs.AsSpan(t * k.RegisterCount, k.RegisterCount);
        int p = pc[t];
        long count = 0;
        try
        {
            for (; ; p++)
            {
                ref readonly Ins i = ref code[p];
                count++;
                if (i.Pred >= 0 && (r[i.Pred] != 0) == i.Not)
                {
                    if (i.Op is Op.Bar or Op.Shfl or Op.Vote) throw new PtxException("a barrier or shuffle under a predicate that is false");
                    continue;
                }
                switch (i.Op)
                {
                    case Op.Ret: state[t] = State.Ended; return;
                    case Op.Bra: p = (int)i.Imm - 1; if (count > MostInstructions) throw new PtxException("no end in sight"); continue;
                    case Op.Bar: state[t] = State.Barrier; return;
                    case Op.Shfl: case Op.Vote: case Op.BarWarp: state[t] = State.Warp; return;
                    case Op.Mov: r[i.D] = r[i.A]; continue;
                    case Op.Special: r[i.D] = special[i.Sub]; continue;
                    case Op.Sel: r[i.D] = r[i.C] != 0 ? r[i.A] : r[i.B]; continue;
                    case Op.And: r[i.D] = r[i.A] & r[i.B]; continue;
                    case Op.Or: r[i.D] = r[i.A] | r[i.B]; continue;
                    case Op.Xor: r[i.D] = r[i.A] ^ r[i.B]; continue;
                    case Op.Not: r[i.D] = Cut(~r[i.A], i.Type); continue;
                    case Op.LdParam: { Load(param, (int)i.Imm, i, r); continue; }
                    case Op.LdGlobal: case Op.StGlobal: pc[t] = p; Global(i, r, t); continue;
                    case Op.LdShared: case Op.StShared: pc[t] = p; Shared(i, r, t); continue;
                    case Op.Pack2: { int h = TypeBytes[(int)i.Type] * 4; r[i.D] = r[i.Vec![0]] | r[i.Vec[1]] << h; continue; }
                    case Op.Unpack2: { int h = TypeBytes[(int)i.Type] * 4; ulong m = (1ul << h) - 1; if (i.Vec![0] >= 0) r[i.Vec[0]] = r[i.A] & m; if (i.Vec[1] >= 0) r[i.Vec[1]] = r[i.A] >> h & m; continue; }
                    case Op.Cvt: r[i.D] = Convert(i, r[i.A]); continue;
                    case Op.Set: r[i.D] = Compare(i, r[i.A], r[i.B]) ? 1u : 0u; continue;
                    case Op.Popc: r[i.D] = (ulong)BitOperations.PopCount((uint)r[i.A]); continue;
                    case Op.Clz: r[i.D] = (ulong)BitOperations.LeadingZeroCount((uint)r[i.A]); continue;
                    case Op.Bfe: { int at = (int)r[i.B] & 255, len = (int)r[i.C] & 255; r[i.D] = at > 31 ? 0 : (uint)r[i.A] >> at & (len >= 32 ? uint.MaxValue : (1u << len) - 1); continue; }
                }
                if (i.Type == T.F32)
                {
                    float a = F(r[i.A]);
                    r[i.D] = U(i.Op switch
                    {
                        Op.Add => a + F(r[i.B]), Op.Sub => a - F(r[i.B]), Op.MulLo => a * F(r[i.B]), Op.Fma => MathF.FusedMultiplyAdd(a, F(r[i.B]), F(r[i.C])),
                        Op.Div => a / F(r[i.B]), Op.Neg => -a, Op.Abs => MathF.Abs(a), Op.Min => Min(a, F(r[i.B])), Op.Max => Max(a, F(r[i.B])),
                        Op.Rcp => 1 / a, Op.Sqrt => MathF.Sqrt(a),
                        _ => throw new PtxException($"{i.Op} of f32"),
                    });
                }
                else if (i.Type == T.F64)
                {
                    double a = D(r[i.A]);
                    r[i.D] = U(i.Op switch
                    {
                        Op.Add => a + D(r[i.B]), Op.Sub => a - D(r[i.B]), Op.MulLo => a * D(r[i.B]), Op.Fma => Math.FusedMultiplyAdd(a, D(r[i.B]), D(r[i.C])),
                        Op.Div => a / D(r[i.B]), Op.Neg => -a, Op.Abs => Math.Abs(a), Op.Rcp => 1 / a, Op.Sqrt => Math.Sqrt(a), _ => throw new PtxException($"{i.Op} of f64"),
                    });
                }
                else
                {
                    long a = Signed(r[i.A], i.Type), b = i.B >= 0 ? Signed(r[i.B], i.Type) : 0;
                    bool unsigned = i.Type is T.U16 or T.U32 or T.U64;
                    r[i.D] = i.Op switch
                    {
                        Op.Add => Cut((ulong)(a + b), i.Type), Op.Sub => Cut((ulong)(a - b), i.Type), Op.MulLo => Cut((ulong)(a * b), i.Type),
                        Op.MulHi => Cut((ulong)(a * b >> 32), i.Type),
                        Op.MulWide => TypeBytes[(int)i.Type] == 4 ? (ulong)(a * b) : (uint)(a * b),
                        Op.MadLo => Cut((ulong)(a * b) + r[i.C], i.Type),
                        Op.Neg => Cut((ulong)-a, i.Type), Op.Abs => Cut((ulong)Math.Abs(a), i.Type),
                        Op.Min => Cut(unsigned ? Math.Min((ulong)a, (ulong)b) : (ulong)Math.Min(a, b), i.Type), Op.Max => Cut(unsigned ? Math.Max((ulong)a, (ulong)b) : (ulong)Math.Max(a, b), i.Type),
                        Op.Div => b == 0 ? throw new PtxException("division by zero") : Cut(unsigned ? (ulong)a / (ulong)b : (ulong)(a / b), i.Type),
                        Op.Rem => b == 0 ? throw new PtxException("division by zero") : Cut(unsigned ? (ulong)a % (ulong)b : (ulong)(a % b), i.Type),
                        Op.Shl => (uint)r[i.B] >= TypeBytes[(int)i.Type] * 8 ? 0 : Cut(r[i.A] << (int)r[i.B], i.Type),
                        Op.Shr => i.Type is T.S16 or T.S32 or T.S64 ? Cut((ulong)(a >> (int)Math.Min((uint)r[i.B], 63)), i.Type) : (uint)r[i.B] >= TypeBytes[(int)i.Type] * 8 ? 0 : r[i.A] >> (int)r[i.B],
                        _ => throw new PtxException($"{i.Op} of {i.Type}"),
                    };
                }
            }
        }
        finally { pc[t] = p; Traffic.Instructions += count; }
    }
}
