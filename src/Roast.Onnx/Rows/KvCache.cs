using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// Keys and values of all rows, of the graph's type, in one block: per layer [rows, kv heads, length, head size] of keys, then of
/// values, each past and present at once. A smaller batch is a view of the first rows; one row is a view at its offset.
/// </summary>
internal sealed class KvCache : IDisposable
{
    const int Alignment = 128;                               // elements: every layer begins at a multiple of 256 bytes

    readonly TensorMemory _memory;
    readonly int _heads, _headSize, _buffers;
    readonly long _stride;

    public KvCache(PlanSession session, int rows, int length, long maxBytes)
    {
        (Rows, Length, _heads, _headSize, _buffers) = (rows, length, session.Shape.KeyValueHeads, session.Shape.HeadSize, 2 * session.Shape.Layers);
        long bytes = checked(rows * RowBytes(session, length));
        if (bytes > maxBytes)
            throw new RoastException(RoastError.TooLarge, $"A KV cache of {rows} rows x {length} tokens needs {bytes:N0} bytes, above the limit of {maxBytes:N0}. " +
                $"Use fewer rows ({nameof(RuntimeOptions)}.{nameof(RuntimeOptions.MaxRows)}), fewer tokens, or raise {nameof(RuntimeOptions.MaxKvBytes)}.");
        _stride = (rows * RowElements + Alignment - 1) / Alignment * Alignment;
        _memory = session.Device.Allocate(session.KeyValueType, _buffers * _stride);
    }

    public int Rows { get; }

    /// <summary>Tokens that a row has room for.</summary>
    public int Length { get; }

    long RowElements => (long)_heads * Length * _headSize;

    /// <summary>Bytes of the keys and values of one row.</summary>
    public static long RowBytes(PlanSession session, int length) =>
        checked(2L * session.Shape.Layers * session.Shape.KeyValueHeads * session.Shape.HeadSize * length * session.KeyValueType.Bytes());

    /// <summary>The first <paramref name="rows"/> rows of one buffer, or one row at <paramref name="first"/>; as the graph takes them.</summary>
    public OrtValue View(int layer, bool value, int first, int rows) =>
        _memory.View((2 * layer + (value ? 1 : 0)) * _stride + first * RowElements, rows, _heads, Length, _headSize);

    /// <summary>Copies the first <paramref name="tokens"/> tokens of a row into another row.</summary>
    public void Copy(int from, int to, int tokens)
    {
        if (from == to || tokens == 0) return;
        _memory.Copy(new BlockCopy(from * RowElements, to * RowElements, (long)tokens * _headSize, _heads, (long)Length * _headSize, _buffers, _stride));
    }

    public void Dispose() => _memory.Dispose();
}
