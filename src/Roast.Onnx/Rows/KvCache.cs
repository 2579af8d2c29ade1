using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Keys and values of all rows: per layer one buffer [rows, kv heads, length, head size] that is past and present at
/// once. A smaller batch is a view of the first rows; one row is a view at its offset.
/// </summary>
internal sealed class KvCache : IDisposable
{
    readonly NativeBuffer<float>[] _buffers;                 // key of layer 0, value of layer 0, key of layer 1, ...
    readonly int _heads, _headSize;

    public KvCache(ModelShape shape, int rows, int length, long maxBytes)
    {
        (Rows, Length, _heads, _headSize) = (rows, length, shape.KeyValueHeads, shape.HeadSize);
        long bytes = checked(2L * shape.Layers * rows * RowElements * sizeof(float));
        if (bytes > maxBytes)
            throw new RoastException(RoastError.TooLarge, $"A KV cache of {rows} rows x {length} tokens needs {bytes:N0} bytes, above the limit of {maxBytes:N0}. " +
                $"Use fewer rows ({nameof(RuntimeOptions)}.{nameof(RuntimeOptions.MaxRows)}), fewer tokens, or raise {nameof(RuntimeOptions.MaxKvBytes)}.");
        _buffers = new NativeBuffer<float>[2 * shape.Layers];
        for (int i = 0; i < _buffers.Length; i++) _buffers[i] = new NativeBuffer<float>(rows * RowElements);
    }

    public int Rows { get; }

    /// <summary>Tokens that a row has room for.</summary>
    public int Length { get; }

    long RowElements => (long)_heads * Length * _headSize;

    /// <summary>The first <paramref name="rows"/> rows of one buffer, or one row at <paramref name="first"/>; as the graph takes them.</summary>
    public OrtValue View(int layer, bool value, int first, int rows) =>
        _buffers[2 * layer + (value ? 1 : 0)].View(first * RowElements, rows, _heads, Length, _headSize);

    /// <summary>Copies the first <paramref name="tokens"/> tokens of a row into another row.</summary>
    public void Copy(int from, int to, int tokens)
    {
        if (from == to || tokens == 0) return;
        int count = checked(tokens * _headSize);
        foreach (var buffer in _buffers)
            for (int head = 0; head < _heads; head++)
            {
                long offset = (long)head * Length * _headSize;
                buffer.Slice(from * RowElements + offset, count).CopyTo(buffer.Slice(to * RowElements + offset, count));
            }
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }
}
