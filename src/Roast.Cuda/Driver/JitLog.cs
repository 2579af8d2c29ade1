using System.Text;

namespace Roast.Cuda.Driver;

/// <summary>What the driver's compiler says while it loads PTX. Pinned memory for the one call.</summary>
internal sealed class JitLog
{
    /// <summary>Bytes; a compiler that has more to say is cut there.</summary>
    public const int Capacity = 16 << 10;

    public byte[] Bytes { get; } = GC.AllocateArray<byte>(Capacity, pinned: true);

    /// <summary>The first lines, without what is after the terminating zero; empty where nothing was said.</summary>
    public string Text
    {
        get
        {
            int end = Array.IndexOf(Bytes, (byte)0);
            return Encoding.UTF8.GetString(Bytes, 0, end < 0 ? Capacity : end).Trim();
        }
    }
}
