namespace Roast.Tests.Kernels.Simulator;

/// <summary>Values: conversions, comparisons, and the bits of floats.</summary>
sealed partial class Machine
{
    static readonly int[] TypeBytes = [0, 0, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8];

    static float F(ulong v) => BitConverter.UInt32BitsToSingle((uint)v);
    static double D(ulong v) => BitConverter.UInt64BitsToDouble(v);
    static ulong U(float f) => BitConverter.SingleToUInt32Bits(f);
    static ulong U(double f) => BitConverter.DoubleToUInt64Bits(f);
    static float Min(float a, float b) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : MathF.Min(a, b);
    static float Max(float a, float b) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : MathF.Max(a, b);

    static long Signed(ulong v, T t) => t switch { T.S16 => (short)v, T.S32 => (int)v, T.S8 => (sbyte)v, _ => (long)v };
    static ulong Cut(ulong v, T t) => TypeBytes[(int)t] switch { 1 => (byte)v, 2 => (ushort)v, 4 => (uint)v, 0 => v & 1, _ => v };

    static ulong Convert(in Ins i, ulong v)
    {
        if (i.Src is T.F16 or T.F32 or T.F64)
        {
            double d = i.Src switch { T.F16 => (double)BitConverter.UInt16BitsToHalf((ushort)v), T.F32 => F(v), _ => D(v) };
            switch (i.Type)
            {
                case T.F64: return U(d);
                case T.F32: return i.Src == T.F32 ? v : (Rnd)i.Sub == Rnd.Rz ? throw new PtxException("cvt.rz") : U((float)d);
                case T.F16: return BitConverter.HalfToUInt16Bits((Half)d);
            }
            d = (Rnd)i.Sub switch { Rnd.Rzi => Math.Truncate(d), Rnd.Rni => Math.Round(d, MidpointRounding.ToEven), Rnd.Rmi => Math.Floor(d), _ => Math.Ceiling(d) };
            if (double.IsNaN(d)) return 0;
            return i.Type switch
            {
                T.S32 => (uint)(int)Math.Clamp(d, int.MinValue, int.MaxValue), T.U32 => (uint)Math.Clamp(d, 0, uint.MaxValue),
                T.S64 => (ulong)(long)d, T.U64 => (ulong)d, _ => throw new PtxException($"cvt to {i.Type}"),
            };
        }
        v = Cut(v, i.Src);
        long s = Signed(v, i.Src);
        bool neg = i.Src is T.S8 or T.S16 or T.S32 or T.S64;
        switch (i.Type)
        {
            case T.F32: return U(neg ? (float)s : (float)v);
            case T.F64: return U(neg ? (double)s : (double)v);
            case T.F16: return BitConverter.HalfToUInt16Bits((Half)s);
            default: return Cut((ulong)s, i.Type);
        }
    }
    static bool Compare(in Ins i, ulong a, ulong b)
    {
        var c = (Cmp)i.Sub;
        if (i.Type is T.F32 or T.F64)
        {
            double x = i.Type == T.F32 ? F(a) : D(a), y = i.Type == T.F32 ? F(b) : D(b);
            bool nan = double.IsNaN(x) || double.IsNaN(y);
            return c switch
            {
                Cmp.Eq => x == y, Cmp.Ne => !nan && x != y, Cmp.Lt => x < y, Cmp.Le => x <= y, Cmp.Gt => x > y, Cmp.Ge => x >= y, Cmp.Equ => nan || x == y, Cmp.Neu => nan || x != y,
                Cmp.Ltu => nan || x < y, Cmp.Leu => nan || x <= y, Cmp.Gtu => nan || x > y, Cmp.Geu => nan || x >= y, Cmp.Num => !nan, _ => nan,
            };
        }
        int o = i.Type is T.S16 or T.S32 or T.S64 ? Signed(a, i.Type).CompareTo(Signed(b, i.Type)) : Cut(a, i.Type).CompareTo(Cut(b, i.Type));
        return c switch { Cmp.Eq => o == 0, Cmp.Ne => o != 0, Cmp.Lt => o < 0, Cmp.Le => o <= 0, Cmp.Gt => o > 0, Cmp.Ge => o >= 0, _ => throw new PtxException("comparison") };
    }

}
