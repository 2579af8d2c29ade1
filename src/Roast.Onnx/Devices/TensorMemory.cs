using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Roast.Onnx.Devices;

/// <summary>
/// A block of elements, zeroed, in the memory that a session runs in: ONNX Runtime reads and writes it in place. The host sees values
/// as float32, whatever the graph's type. Views must not be used after it is disposed; the owner of both disposes the views first.
/// </summary>
/// <param name="type">Float, Float16, Int32 or Int64.</param>
/// <param name="length">Elements.</param>
internal abstract class TensorMemory(TensorElementType type, long length) : IDisposable
{
    float[] _widened = [];

    public TensorElementType Type => type;

    /// <summary>Elements.</summary>
    public long Length => length;

    /// <summary>A tensor over the elements from <paramref name="offset"/> on; no copy.</summary>
    public OrtValue View(long offset, params long[] shape) => ViewAs(type, offset * type.Bytes(), shape);

    /// <summary>A tensor of another element type from a byte on; no copy.</summary>
    public OrtValue ViewAs(TensorElementType other, long offsetBytes, params long[] shape)
    {
        long bytes = other.Bytes();
        foreach (long dimension in shape) bytes = checked(bytes * dimension);
        CheckInside(offsetBytes, bytes);
        return OrtValue.CreateTensorValueWithData(Place, other, shape, Address + (nint)offsetBytes, bytes);
    }

    /// <summary>What ONNX Runtime calls the memory.</summary>
    protected abstract OrtMemoryInfo Place { get; }

    /// <summary>Where it begins; not always an address that the host may read.</summary>
    protected abstract nint Address { get; }

    /// <summary>Elements that the host may look at: in place where they are float32 of its own, else a copy that holds until the next call.</summary>
    /// <param name="offset">The first element.</param>
    /// <param name="count">How many.</param>
    public abstract Span<float> Read(long offset, int count);

    /// <summary>Announces that the first <paramref name="count"/> elements will be read as they are now, so that a device moves them at once; 0: what was moved before is old.</summary>
    public abstract void Fetch(long count);

    /// <summary>The best token of each row of logits, found where they are.</summary>
    /// <param name="width">Values of a row.</param>
    /// <param name="tokens">[rows] the lowest of the largest; -1: a row that has none, of which <see cref="Read"/> shows why.</param>
    /// <returns><c>false</c>: not here; the host may as well look itself.</returns>
    public virtual bool Best(int width, Span<int> tokens) => false;

    /// <summary>Overwrites bytes from <paramref name="offset"/> on.</summary>
    public abstract void Write(long offset, ReadOnlySpan<byte> values);

    /// <summary>Copies blocks within the memory.</summary>
    public abstract void Copy(in BlockCopy copy);

    public abstract void Dispose();

    /// <summary>float16 as float32, in scratch.</summary>
    protected Span<float> Widen(ReadOnlySpan<Half> halves)
    {
        if (_widened.Length < halves.Length) _widened = new float[halves.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(halves, _widened);
        return _widened.AsSpan(0, halves.Length);
    }

    protected void CheckInside(long offsetBytes, long bytes)
    {
        if (offsetBytes < 0 || bytes < 0 || offsetBytes > length * type.Bytes() - bytes)
            throw new ArgumentOutOfRangeException(nameof(offsetBytes), offsetBytes, $"{bytes} bytes from there are not inside {length} elements of {type}.");
    }
}
