using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Devices;

/// <summary>The process's own memory.</summary>
internal sealed class HostTensor(TensorElementType type, long length) : TensorMemory(type, length)
{
    readonly NativeBuffer<byte> _memory = new(checked(length * type.Bytes()));

    protected override OrtMemoryInfo Place => OrtMemoryInfo.DefaultInstance;

    protected override nint Address => _memory.Address;

    public override Span<float> Read(long offset, int count) => Type == TensorElementType.Float
        ? MemoryMarshal.Cast<byte, float>(Bytes(offset, count))
        : Widen(MemoryMarshal.Cast<byte, Half>(Bytes(offset, count)));

    public override void Fetch(long count) { }

    public override void Write(long offset, ReadOnlySpan<byte> values) => values.CopyTo(_memory.Slice(offset, values.Length));

    public override void Copy(in BlockCopy copy)
    {
        int length = checked((int)copy.Length);
        for (int group = 0; group < copy.Groups; group++)
            for (int block = 0; block < copy.Count; block++)
            {
                long at = group * copy.GroupStride + block * copy.Stride;
                Bytes(copy.From + at, length).CopyTo(Bytes(copy.To + at, length));
            }
    }

    /// <summary>The bytes of some elements.</summary>
    public Span<byte> Bytes(long offset, int count) => _memory.Slice(offset * Type.Bytes(), checked(count * Type.Bytes()));

    public override void Dispose() => _memory.Dispose();
}
