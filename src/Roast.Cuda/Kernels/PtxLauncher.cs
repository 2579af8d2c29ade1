using System.Runtime.InteropServices;

namespace Roast.Cuda.Kernels;

/// <summary>Grids and arguments of the kernels of kernels/*.cu, for whatever can launch them. Launching allocates nothing.</summary>
internal sealed class PtxLauncher(ILaunchTarget target) : IKernelLauncher
{
    public string Name => target.Name;
    public string? Note => null;
    public nint Stream => target.Stream;
    public long? FreeBytes => target.FreeBytes;
    internal ILaunchTarget Target => target;

    public DeviceBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return target.Allocate(bytes);
    }

    public PinnedMemory AllocatePinned(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return target.AllocatePinned(bytes);
    }

    public void Fill(DeviceView<byte> view, byte value)
    {
        if (view.Length > 0) target.Fill(view.Address, value, view.Length);
    }

    public void Upload<T>(DeviceView<T> to, ReadOnlySpan<T> values) where T : unmanaged
    {
        ViewSizes.AtLeast(to.Length, values.Length, nameof(to));
        if (!values.IsEmpty) target.Upload(to.Address, MemoryMarshal.AsBytes(values));
    }

    public void Download<T>(DeviceView<T> from, Span<T> values) where T : unmanaged
    {
        ViewSizes.AtLeast(from.Length, values.Length, nameof(from));
        if (!values.IsEmpty) target.Download(from.Address, MemoryMarshal.AsBytes(values));
    }

    public void Copy<T>(DeviceView<T> to, DeviceView<T> from) where T : unmanaged
    {
        ViewSizes.AtLeast(to.Length, from.Length, nameof(to));
        if (from.Length > 0) target.Copy(to.Address, from.Address, from.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
    }

    public void CopyBlocks(in BlockCopyCall call)
    {
        call.Check();
        if (call.Bytes == 0) return;
        target.Launch(Kernel.Copy, LaunchShape.Columns((int)call.Bytes, 16, call.Blocks),
            [(ulong)(call.Memory.Address + (nint)call.From), (ulong)(call.Memory.Address + (nint)call.To), (ulong)call.Stride, (ulong)call.GroupStride, (ulong)call.Bytes, (ulong)call.Count, (ulong)call.Blocks]);
    }

    public void Wait() => target.Wait();

    public void PoolLast(ActivationView x, DeviceView<int> rows, DeviceView<float> pooled)
    {
        PoolCheck.Last(x, rows, pooled);
        if (rows.Length == 0) return;
        target.Launch(Kernel.PoolLastF32.For(x.Type), LaunchShape.Columns(x.Width, x.Type.PerThread(), (int)rows.Length),
            [At(x), At(rows), At(pooled), (ulong)x.Stride, (ulong)rows.Length, (ulong)x.Width]);
    }

    public void PoolMean(ActivationView x, DeviceView<int> first, DeviceView<int> end, DeviceView<byte> mask, DeviceView<float> pooled)
    {
        PoolCheck.Mean(x, first, end, mask, pooled);
        if (first.Length == 0) return;
        target.Launch(Kernel.PoolMeanF32.For(x.Type), LaunchShape.Pieces(x.Width, 32 * x.Type.PerThread(), (int)first.Length),
            [At(x), At(first), At(end), At(mask), At(pooled), (ulong)x.Stride, (ulong)first.Length, (ulong)x.Width]);
    }

    public void PoolAdd(ActivationView x, DeviceView<byte> mask, DeviceView<double> sums)
    {
        PoolCheck.Add(x, mask, sums);
        if (x.Rows == 0) return;
        target.Launch(Kernel.PoolAddF32.For(x.Type), LaunchShape.Columns(x.Width, x.Type.PerThread(), x.Rows), [At(x), At(mask), At(sums), (ulong)x.Stride, (ulong)x.Rows, (ulong)x.Width]);
    }

    public void Best(ActivationView x, DeviceView<int> tokens)
    {
        PoolCheck.Best(x, tokens);
        if (x.Rows == 0) return;
        target.Launch(Kernel.BestF32.For(x.Type), LaunchShape.Items(x.Rows), [At(x), At(tokens), (ulong)x.Stride, (ulong)x.Rows, (ulong)x.Width]);
    }

    public void Norms(ActivationView x, DeviceView<double> norms)
    {
        PoolCheck.Norms(x, norms);
        if (x.Rows == 0) return;
        target.Launch(Kernel.NormsF32.For(x.Type), LaunchShape.Items(x.Rows), [At(x), At(norms), (ulong)x.Stride, (ulong)x.Rows, (ulong)x.Width]);
    }

    public void Contrast(in ContrastCall call)
    {
        call.Check();
        if (call.Questions == 0) return;
        target.Launch(Kernel.Contrast, LaunchShape.Items(call.Questions),
            [At(call.Rows), At(call.CorrectAt), At(call.Correct), At(call.IncorrectAt), At(call.Incorrect), At(call.Weights), At(call.Differences), At(call.Votes), At(call.Sizes),
             At(call.States), (ulong)call.Rows.Stride, (ulong)call.Questions, (ulong)call.Rows.Width, (ulong)ContrastCall.Pitch(call.Rows.Width), (ulong)call.Scaling]);
    }

    public void AddToSums(in SumsCall call)
    {
        call.Check();
        ulong at = At(call.At), sums = At(call.Sums), norms = At(call.Norms), bad = At(call.NotFinite), tag = (ulong)call.Tag, points = (ulong)call.Points;
        if (call.Steps == 0) target.Launch(Kernel.SumsRow, LaunchShape.Items(call.Points), [At(call.Row), at, sums, norms, bad, tag, points]);
        else target.Launch(Kernel.SumsMean, LaunchShape.Items(call.Points), [At(call.StepSums), at, sums, norms, bad, tag, points, (ulong)call.StepRows, (ulong)call.StepRow, (ulong)call.Steps]);
    }

    public void ContrastSums(in ContrastSumsCall call)
    {
        call.Check();
        if (call.Questions == 0) return;
        target.Launch(Kernel.ContrastSums, LaunchShape.Items(call.Questions),
            [At(call.Sums), At(call.Correct), At(call.CorrectCounts), At(call.Incorrect), At(call.IncorrectCounts), At(call.Weights), At(call.Differences), At(call.Votes), At(call.Sizes),
             At(call.States), (ulong)call.Stride, (ulong)call.Questions, (ulong)call.Width, (ulong)ContrastCall.Pitch(call.Width), (ulong)call.Scaling]);
    }

    public void ContrastMean(in ContrastMeanCall call)
    {
        call.Check();
        target.Launch(Kernel.ContrastMean, LaunchShape.Pieces(call.Width, 64, 1),
            [At(call.Differences), At(call.Votes), At(call.Sums), At(call.Mean), BitConverter.DoubleToUInt64Bits(call.TotalWeight),
             (ulong)call.Votes.Length, (ulong)call.Width, (ulong)ContrastCall.Pitch(call.Width)]);
    }

    public void Scale(in ScaleCall call)
    {
        call.Check();
        var port = call.Port;
        if (port.Rows == 0) return;
        target.Launch(Kernel.ScaleF32.For(port.Type), LaunchShape.Columns(port.Width, port.Type.PerThread(), port.Rows),
            [At(call.Vectors), At(call.At), At(call.Picks), At(call.Strengths), At(port), (ulong)port.Rows, (ulong)port.Width]);
    }

    public void Inject(in InjectCall call)
    {
        call.Check();
        var h = call.Activations;
        if (h.Rows == 0) return;
        target.Launch(Kernel.InjectF32.For(h.Type), LaunchShape.Columns(h.Width, h.Type.PerThread(), h.Rows),
            [At(h), At(call.Vectors), At(call.Picks), At(call.Strengths), At(call.Scope), (ulong)h.Stride, (ulong)h.Rows, (ulong)h.Width, call.Multiply ? 1ul : 0ul]);
    }

    public void Dispose() => target.Dispose();

    static ulong At<T>(DeviceView<T> view) where T : unmanaged => (ulong)view.Address;
    static ulong At(ActivationView view) => (ulong)view.Address;
}
