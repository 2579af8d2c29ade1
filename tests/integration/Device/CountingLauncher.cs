using System.Runtime.CompilerServices;
using Roast.Cuda;
using Roast.Cuda.Twins;

namespace Roast.Tests.Integration.Device;

/// <summary>The twins, with books: what crosses between host and device, what is launched, and what is alive.</summary>
sealed class CountingLauncher : IKernelLauncher
{
    readonly TwinLauncher _twin = new();
    readonly List<DeviceBuffer> _buffers = [];
    int _inside;

    /// <summary>Bytes to the device and back, by the call's sizes.</summary>
    public List<long> Uploads { get; } = [];
    public List<long> Downloads { get; } = [];
    public int BlockCopies { get; private set; }
    public int Scales { get; private set; }
    public bool IsDisposed { get; private set; }

    /// <summary>Two threads were in it at once.</summary>
    public bool WasEnteredTwice { get; private set; }

    /// <summary>Buffers that were not given back.</summary>
    public int Alive => _buffers.Count(buffer => { try { return buffer.Address != 0; } catch (ObjectDisposedException) { return false; } });

    public string Name => "twins";
    public string? Note => null;
    public nint Stream { get; init; }
    public long? FreeBytes { get; init; }

    public DeviceBuffer Allocate(long bytes)
    {
        using var _ = Enter();
        var buffer = _twin.Allocate(bytes);
        _twin.Fill(buffer.As<byte>(), 0xcd);                 // a device's memory has any content
        _buffers.Add(buffer);
        return buffer;
    }

    public PinnedMemory AllocatePinned(long bytes) => _twin.AllocatePinned(bytes);
    public void Fill(DeviceView<byte> view, byte value) { using var _ = Enter(); _twin.Fill(view, value); }
    public void Upload<T>(DeviceView<T> to, ReadOnlySpan<T> values) where T : unmanaged { using var _ = Enter(); Uploads.Add((long)values.Length * Unsafe.SizeOf<T>()); _twin.Upload(to, values); }
    public void Download<T>(DeviceView<T> from, Span<T> values) where T : unmanaged { using var _ = Enter(); Downloads.Add((long)values.Length * Unsafe.SizeOf<T>()); _twin.Download(from, values); }
    public void Copy<T>(DeviceView<T> to, DeviceView<T> from) where T : unmanaged { using var _ = Enter(); _twin.Copy(to, from); }
    public void CopyBlocks(in BlockCopyCall call) { using var _ = Enter(); BlockCopies++; _twin.CopyBlocks(call); }
    public void Wait() { using var _ = Enter(); }
    public void PoolLast(ActivationView x, DeviceView<int> rows, DeviceView<float> pooled) { using var _ = Enter(); _twin.PoolLast(x, rows, pooled); }
    public void PoolMean(ActivationView x, DeviceView<int> first, DeviceView<int> end, DeviceView<byte> mask, DeviceView<float> pooled) { using var _ = Enter(); _twin.PoolMean(x, first, end, mask, pooled); }
    public void PoolAdd(ActivationView x, DeviceView<byte> mask, DeviceView<double> sums) { using var _ = Enter(); _twin.PoolAdd(x, mask, sums); }
    public void Best(ActivationView x, DeviceView<int> tokens) { using var _ = Enter(); _twin.Best(x, tokens); }
    public void Norms(ActivationView x, DeviceView<double> norms) { using var _ = Enter(); _twin.Norms(x, norms); }
    public void Contrast(in ContrastCall call) { using var _ = Enter(); _twin.Contrast(call); }
    public void AddToSums(in SumsCall call) { using var _ = Enter(); _twin.AddToSums(call); }
    public void ContrastSums(in ContrastSumsCall call) { using var _ = Enter(); _twin.ContrastSums(call); }
    public void ContrastMean(in ContrastMeanCall call) { using var _ = Enter(); _twin.ContrastMean(call); }
    public void Scale(in ScaleCall call) { using var _ = Enter(); Scales++; _twin.Scale(call); }
    public void Inject(in InjectCall call) { using var _ = Enter(); _twin.Inject(call); }
    public void Dispose() => IsDisposed = true;

    Exit Enter()
    {
        if (Interlocked.Increment(ref _inside) > 1) WasEnteredTwice = true;
        return new Exit(this);
    }

    readonly ref struct Exit(CountingLauncher launcher)
    {
        public void Dispose() => Interlocked.Decrement(ref launcher._inside);
    }
}
