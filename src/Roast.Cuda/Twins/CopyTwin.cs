namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/copy.cu.</summary>
internal static unsafe class CopyTwin
{
    public static void Copy(in BlockCopyCall call)
    {
        int bytes = checked((int)call.Bytes);
        for (int group = 0; group < call.Groups; group++)
            for (int block = 0; block < call.Count; block++)
            {
                nint at = call.Memory.Address + (nint)(group * call.GroupStride + block * call.Stride);
                new ReadOnlySpan<byte>((byte*)at + call.From, bytes).CopyTo(new Span<byte>((byte*)at + call.To, bytes));
            }
    }
}
