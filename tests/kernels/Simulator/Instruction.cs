namespace Roast.Tests.Kernels.Simulator;

/// <summary>What the simulator refuses: PTX that it does not know, or a kernel that misbehaves.</summary>
sealed class PtxException(string message) : Exception(message);

enum T : byte { None, Pred, B8, U8, S8, B16, U16, S16, F16, B32, U32, S32, F32, B64, U64, S64, F64 }

enum Op : byte
{
    Add, Sub, MulLo, MulHi, MulWide, MadLo, Fma, Div, Rem, Neg, Abs, Min, Max, And, Or, Xor, Not, Shl, Shr, Bfe, Popc, Clz,
    Rcp, Sqrt, Set, Sel, Cvt, Mov, Pack2, Unpack2, Special,
    LdParam, LdGlobal, LdShared, StGlobal, StShared, Bar, BarWarp, Shfl, Vote, Bra, Ret,
}

enum Cmp : byte { Eq, Ne, Lt, Le, Gt, Ge, Equ, Neu, Ltu, Leu, Gtu, Geu, Num, Nan }

enum Rnd : byte { None, Rn, Rz, Rni, Rzi, Rmi, Rpi }

/// <summary>One decoded instruction. Registers are numbers; below 0: none. Pred below 0: always.</summary>
struct Ins
{
    public Op Op;
    public T Type, Src;
    public byte Sub, Width;
    public bool Not;
    public int Pred, D, A, B, C, E, Line;
    public long Imm;
    public int[]? Vec;
}

sealed class Param
{
    public required string Name;
    public int Offset, Size;
}

sealed class PtxKernel
{
    public required string Name;
    public List<Param> Params = [];
    public int ParamBytes, SharedBytes, MaxThreads = 1024;
    public Ins[] Code = [];
    public List<(int Reg, ulong Value)> Constants = [];
    public int RegisterCount;
}
