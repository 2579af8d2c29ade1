using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx.Devices;

namespace Roast.Cuda.Rows;

/// <summary>A tensor's memory on a device, and the page-locked memory through which the host looks at it.</summary>
internal sealed class CudaTensor : TensorMemory
{
    readonly CudaRows _rows;
    readonly DeviceBuffer _buffer;
    PinnedMemory? _fetched, _looked;
    DeviceBuffer? _best;
    long _valid;                                             // elements of _fetched that are what the device has

    public CudaTensor(CudaRows rows, TensorElementType type, long length) : base(type, length)
    {
        _rows = rows;
        lock (rows.Gate)
        {
            _buffer = rows.Launcher.Allocate(checked(length * type.Bytes()));
            rows.Launcher.Fill(_buffer.As<byte>(), 0);
        }
    }

    protected override OrtMemoryInfo Place => _rows.Place;

    protected override nint Address => _buffer.Address;

    /// <summary>The memory as rows of activations or logits.</summary>
    public ActivationView Rows(int rows, int width) =>
        new(_buffer, Type == TensorElementType.Float16 ? ElementType.Float16 : ElementType.Float32, rows, width);

    public override Span<float> Read(long offset, int count)
    {
        if (offset + count <= _valid) return Values(_fetched!, offset, count);
        Reserve(ref _looked, count);
        Download(_looked!, offset, count);
        return Values(_looked!, 0, count);
    }

    public override void Fetch(long count)
    {
        _valid = 0;
        if (count == 0) return;
        if (count > int.MaxValue) throw new RoastException(RoastError.TooLarge, $"{count} logits do not move at once. Use fewer rows.");
        Reserve(ref _fetched, count);
        Download(_fetched!, 0, (int)count);
        _valid = count;
    }

    public override bool Best(int width, Span<int> tokens)
    {
        lock (_rows.Gate)
        {
            _best ??= _rows.Launcher.Allocate(Length / width * sizeof(int));
            var found = _best.As<int>().Slice(0, tokens.Length);
            _rows.Launcher.Best(Rows(tokens.Length, width), found);
            _rows.Launcher.Download(found, tokens);
        }
        return true;
    }

    public override void Write(long offset, ReadOnlySpan<byte> values)
    {
        lock (_rows.Gate) _rows.Launcher.Upload(_buffer.As<byte>().Slice(offset, values.Length), values);
    }

    public override void Copy(in BlockCopy copy)
    {
        int size = Type.Bytes();
        lock (_rows.Gate)
            _rows.Launcher.CopyBlocks(new BlockCopyCall
            {
                Memory = _buffer.As<byte>(), From = copy.From * size, To = copy.To * size, Bytes = copy.Length * size,
                Count = copy.Count, Stride = copy.Stride * size, Groups = copy.Groups, GroupStride = copy.GroupStride * size,
            });
    }

    public override void Dispose()
    {
        lock (_rows.Gate)
        {
            _rows.Settle();
            _buffer.Dispose();
            _fetched?.Dispose();
            _looked?.Dispose();
            _best?.Dispose();
        }
    }

    Span<float> Values(PinnedMemory memory, long offset, int count) => Type == TensorElementType.Float16 ? Widen(memory.Span<Half>(offset, count)) : memory.Span<float>(offset, count);

    void Reserve(ref PinnedMemory? memory, long count)
    {
        if (memory?.Bytes >= count * Type.Bytes()) return;
        lock (_rows.Gate)
        {
            memory?.Dispose();
            memory = null;
            memory = _rows.Launcher.AllocatePinned(count * Type.Bytes());
        }
    }

    void Download(PinnedMemory memory, long offset, int count)
    {
        int size = Type.Bytes();
        lock (_rows.Gate) _rows.Launcher.Download(_buffer.As<byte>().Slice(offset * size, (long)count * size), memory.Span<byte>(0, checked(count * size)));
    }
}
