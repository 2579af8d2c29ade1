using Roast.Cuda.Kernels;

namespace Roast.Cuda.Twins;

/// <summary>The kernels' meaning on the CPU: what a device's results are compared with, and what runs where there is no device.</summary>
/// <param name="note">Why it runs here although a device was asked for.</param>
internal sealed class TwinLauncher(string? note = null) : IKernelLauncher
{
    public string Name => "CPU";
    public string? Note => note;
    public nint Stream => 0;
    public long? FreeBytes => null;

    public DeviceBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new HostBuffer(bytes);
    }

    public PinnedMemory AllocatePinned(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new HostPinned(bytes);
    }

    public unsafe void Fill(DeviceView<byte> view, byte value) => System.Runtime.InteropServices.NativeMemory.Fill((void*)view.Address, (nuint)view.Length, value);

    public void Upload<T>(DeviceView<T> to, ReadOnlySpan<T> values) where T : unmanaged
    {
        ViewSizes.AtLeast(to.Length, values.Length, nameof(to));
        values.CopyTo(to.Host);
    }

    public void Download<T>(DeviceView<T> from, Span<T> values) where T : unmanaged
    {
        ViewSizes.AtLeast(from.Length, values.Length, nameof(from));
        from.Host[..values.Length].CopyTo(values);
    }

    public void Copy<T>(DeviceView<T> to, DeviceView<T> from) where T : unmanaged
    {
        ViewSizes.AtLeast(to.Length, from.Length, nameof(to));
        from.Host.CopyTo(to.Host);
    }

    public void CopyBlocks(in BlockCopyCall call)
    {
        call.Check();
        CopyTwin.Copy(call);
    }

    public void Wait() { }

    public void PoolLast(ActivationView x, DeviceView<int> rows, DeviceView<float> pooled)
    {
        PoolCheck.Last(x, rows, pooled);
        PoolTwin.Last(x, rows.Host, pooled.Host);
    }

    public void PoolMean(ActivationView x, DeviceView<int> first, DeviceView<int> end, DeviceView<byte> mask, DeviceView<float> pooled)
    {
        PoolCheck.Mean(x, first, end, mask, pooled);
        PoolTwin.Mean(x, first.Host, end.Host, mask.Host, pooled.Host);
    }

    public void PoolAdd(ActivationView x, DeviceView<byte> mask, DeviceView<double> sums)
    {
        PoolCheck.Add(x, mask, sums);
        PoolTwin.Add(x, mask.Host, sums.Host);
    }

    public void Best(ActivationView x, DeviceView<int> tokens)
    {
        PoolCheck.Best(x, tokens);
        BestTwin.Best(x, tokens.Host);
    }

    public void Norms(ActivationView x, DeviceView<double> norms)
    {
        PoolCheck.Norms(x, norms);
        NormsTwin.Norms(x, norms.Host);
    }

    public void Contrast(in ContrastCall call)
    {
        call.Check();
        ContrastTwin.Contrast(call);
    }

    public void AddToSums(in SumsCall call)
    {
        call.Check();
        SumsTwin.Add(call);
    }

    public void ContrastSums(in ContrastSumsCall call)
    {
        call.Check();
        ContrastTwin.ContrastSums(call);
    }

    public void ContrastMean(in ContrastMeanCall call)
    {
        call.Check();
        ContrastTwin.Mean(call);
    }

    public void Scale(in ScaleCall call)
    {
        call.Check();
        ScaleTwin.Scale(call);
    }

    public void Inject(in InjectCall call)
    {
        call.Check();
        InjectTwin.Inject(call);
    }

    public void Dispose() { }
}
