namespace Roast.Tests.Kernels.Simulator;

/// <summary>
/// PTX text as decoded kernels. Strict on purpose: an instruction form that is not in the table, an operand of the wrong register class,
/// an unknown label or symbol, or a rounding left open is an error with its line, because no assembler checks the text where there is no CUDA.
/// </summary>
sealed class PtxModule
{
    public string Version = "", Target = "";
    public Dictionary<string, PtxKernel> Kernels = [];

    /// <summary>Each instruction form and how often it occurs.</summary>
    public SortedDictionary<string, int> Forms = [];

    public static PtxModule Parse(string text) => new PtxParser(text).Run();

    public static int Bytes(T t) => t switch { T.B8 or T.U8 or T.S8 => 1, T.B16 or T.U16 or T.S16 or T.F16 => 2, T.B32 or T.U32 or T.S32 or T.F32 => 4, T.Pred => 0, _ => 8 };

    public static bool Float(T t) => t is T.F16 or T.F32 or T.F64;

    public static T ParseType(string s) => s switch
    {
        "pred" => T.Pred, "b8" => T.B8, "u8" => T.U8, "s8" => T.S8, "b16" => T.B16, "u16" => T.U16, "s16" => T.S16, "f16" => T.F16, "b32" => T.B32,
        "u32" => T.U32, "s32" => T.S32, "f32" => T.F32, "b64" => T.B64, "u64" => T.U64, "s64" => T.S64, "f64" => T.F64, _ => T.None,
    };

    const string Floats = "f32 f64";

    /// <summary>Each operation with the types it takes here.</summary>
    public static readonly Dictionary<string, (Op Op, string Types)> Table = new()
    {
        ["add"] = (Op.Add, "s16 u16 s32 u32 s64 u64 f32 f64"), ["sub"] = (Op.Sub, "s16 u16 s32 u32 s64 u64 f32 f64"), ["mul"] = (Op.MulLo, Floats),
        ["mul.lo"] = (Op.MulLo, "s16 u16 s32 u32 s64 u64"), ["mul.hi"] = (Op.MulHi, "s32 u32"), ["mul.wide"] = (Op.MulWide, "s16 u16 s32 u32"),
        ["mad.lo"] = (Op.MadLo, "s32 u32 s64 u64"), ["fma"] = (Op.Fma, Floats), ["div"] = (Op.Div, "s32 u32 s64 u64 f32 f64"), ["rem"] = (Op.Rem, "s32 u32 s64 u64"),
        ["neg"] = (Op.Neg, "s32 s64 f32 f64"), ["abs"] = (Op.Abs, "s32 s64 f32 f64"), ["min"] = (Op.Min, "s32 u32 s64 u64 f32 f64"), ["max"] = (Op.Max, "s32 u32 s64 u64 f32 f64"),
        ["and"] = (Op.And, "pred b16 b32 b64"), ["or"] = (Op.Or, "pred b16 b32 b64"), ["xor"] = (Op.Xor, "pred b16 b32 b64"), ["not"] = (Op.Not, "pred b16 b32 b64"),
        ["shl"] = (Op.Shl, "b16 b32 b64"), ["shr"] = (Op.Shr, "b16 b32 b64 u16 s16 u32 s32 u64 s64"), ["bfe"] = (Op.Bfe, "u32"), ["popc"] = (Op.Popc, "b32"), ["clz"] = (Op.Clz, "b32"),
        ["rcp"] = (Op.Rcp, Floats), ["sqrt"] = (Op.Sqrt, Floats),
        ["selp"] = (Op.Sel, "b16 u16 s16 b32 u32 s32 b64 u64 s64 f32 f64"), ["mov"] = (Op.Mov, "pred b16 u16 s16 b32 u32 s32 b64 u64 s64 f32 f64"),
    };

    /// <summary>Arithmetic that rounds has to say how: without .rn the assembler may fuse a product with a sum, and the twins' bits are lost.</summary>
    public static bool FloatModsOk(Op op, T t, List<string> mods)
    {
        var m = string.Join('.', mods);
        if (t is not (T.F32 or T.F64)) return m == "";
        return op is Op.Add or Op.Sub or Op.MulLo or Op.Fma or Op.Div or Op.Rcp or Op.Sqrt ? m == "rn" : m == "";
    }
}
