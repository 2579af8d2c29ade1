using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Rows;

/// <summary>Token ids and lengths of one sequence that is run by itself, from its first token on.</summary>
internal sealed class SequenceInputs(RowDevice device, int capacity) : IDisposable
{
    readonly TensorMemory _ids = device.Allocate(TensorElementType.Int64, capacity), _length = device.Allocate(TensorElementType.Int32, 1);
    readonly HostTensor _total = new(TensorElementType.Int32, 1);        // attention reads it on the CPU, on every device
    readonly long[] _staged = new long[capacity];

    /// <summary>Takes a sequence for the next run.</summary>
    /// <param name="tokens">[tokens] at least one, at most the capacity.</param>
    public void Set(ReadOnlySpan<int> tokens)
    {
        for (int i = 0; i < tokens.Length; i++) _staged[i] = tokens[i];
        _ids.Write(0, MemoryMarshal.AsBytes(_staged.AsSpan(0, tokens.Length)));
        _length.Write(0, MemoryMarshal.AsBytes<int>([tokens.Length - 1]));
        _total.Write(0, MemoryMarshal.AsBytes<int>([tokens.Length]));
    }

    public IEnumerable<(string Name, OrtValue Value, bool IsOutput)> Views(int tokens)
    {
        yield return (GraphNames.InputIds, _ids.View(0, 1, tokens), false);
        yield return (GraphNames.SeqLensK, _length.View(0, 1), false);
        yield return (GraphNames.TotalSequenceLength, _total.View(0, 1), false);
    }

    public void Dispose()
    {
        _ids.Dispose();
        _length.Dispose();
        _total.Dispose();
    }
}
