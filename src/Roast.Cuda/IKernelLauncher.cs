namespace Roast.Cuda;

/// <summary>
/// The steering kernels and the memory that they work on. Callers write once: on a CUDA device, through the driver or ManagedCuda, and on
/// the CPU, the same calls give the same bits. Work is queued in order; <see cref="Download"/> and <see cref="Wait"/> wait. One thread at a time.
/// </summary>
/// <remarks>
/// Misuse that shows in sizes throws <see cref="ArgumentException"/> at the call. Row numbers and picks lie in device memory and are not
/// looked at: <see cref="DeviceContrast"/> checks those that it uploads.
/// </remarks>
public interface IKernelLauncher : IDisposable
{
    /// <summary>Where the kernels run, for people: the device's name, or the CPU.</summary>
    string Name { get; }

    /// <summary>Why the kernels run on the CPU although a device was asked for; <c>null</c> where they run where they should.</summary>
    string? Note { get; }

    /// <summary>The CUstream that work is queued in, to be shared with ONNX Runtime (<c>user_compute_stream</c>); 0 on the CPU.</summary>
    nint Stream { get; }

    /// <summary>Bytes that the device could still allocate; <c>null</c>: the process's own memory, or a launcher that cannot tell.</summary>
    long? FreeBytes { get; }

    /// <summary>Allocates memory, aligned to 256 bytes, of any content.</summary>
    /// <exception cref="CudaException">The device has no room; the message says how much is free.</exception>
    DeviceBuffer Allocate(long bytes);

    /// <summary>Allocates memory of the process that moves to and from the device without a detour, of any content.</summary>
    /// <exception cref="CudaException">The system does not lock that much.</exception>
    PinnedMemory AllocatePinned(long bytes);

    /// <summary>Sets every byte.</summary>
    void Fill(DeviceView<byte> view, byte value);

    /// <summary>Copies in. <paramref name="values"/> may change once the call returns.</summary>
    void Upload<T>(DeviceView<T> to, ReadOnlySpan<T> values) where T : unmanaged;

    /// <summary>Copies out, after everything queued.</summary>
    void Download<T>(DeviceView<T> from, Span<T> values) where T : unmanaged;

    /// <summary>Copies between buffers of this launcher that do not overlap.</summary>
    void Copy<T>(DeviceView<T> to, DeviceView<T> from) where T : unmanaged;

    /// <summary>Copies blocks within a buffer: see <see cref="BlockCopyCall"/>.</summary>
    void CopyBlocks(in BlockCopyCall call);

    /// <summary>Waits until everything queued is done.</summary>
    void Wait();

    /// <summary>Gathers rows: <c>pooled[b, :] = x[rows[b], :]</c>, as float32.</summary>
    /// <param name="x">[N, W] activations.</param>
    /// <param name="rows">[B] numbers of rows of <paramref name="x"/>.</param>
    /// <param name="pooled">[B, W] overwritten.</param>
    void PoolLast(ActivationView x, DeviceView<int> rows, DeviceView<float> pooled);

    /// <summary>Means of rows: <c>pooled[b, :]</c> over <c>first[b] &lt;= r &lt; end[b]</c> with <c>mask[r] != 0</c>; zeros where there is none.</summary>
    /// <param name="x">[N, W] activations.</param>
    /// <param name="first">[B] first row of each sequence.</param>
    /// <param name="end">[B] the row after its last.</param>
    /// <param name="mask">[N] 0: the row does not count; no view: all count.</param>
    /// <param name="pooled">[B, W] overwritten.</param>
    void PoolMean(ActivationView x, DeviceView<int> first, DeviceView<int> end, DeviceView<byte> mask, DeviceView<float> pooled);

    /// <summary>Adds rows to sums that go on: <c>sums[r, :] += x[r, :]</c> where <c>mask[r] != 0</c>.</summary>
    /// <param name="x">[N, W] activations.</param>
    /// <param name="mask">[N] 0: the row's sum stays as it is.</param>
    /// <param name="sums">[N, W] changed.</param>
    void PoolAdd(ActivationView x, DeviceView<byte> mask, DeviceView<double> sums);

    /// <summary>Greedy decoding: the lowest column among the largest of each row, by value. -1: NaN or +infinity in the row, or -infinity throughout.</summary>
    /// <param name="x">[N, W] logits.</param>
    /// <param name="tokens">[N] overwritten.</param>
    void Best(ActivationView x, DeviceView<int> tokens);

    /// <summary>Euclidean norms of rows, in float64; NaN or infinite where the row holds such a value.</summary>
    /// <param name="x">[N, W] activations.</param>
    /// <param name="norms">[N] overwritten.</param>
    void Norms(ActivationView x, DeviceView<double> norms);

    /// <summary>Contrasts questions: see <see cref="ContrastCall"/>.</summary>
    void Contrast(in ContrastCall call);

    /// <summary>Adds what a rollout has captured to the sums of its question: see <see cref="SumsCall"/>.</summary>
    void AddToSums(in SumsCall call);

    /// <summary>Contrasts questions of which there are sums: see <see cref="ContrastSumsCall"/>.</summary>
    void ContrastSums(in ContrastSumsCall call);

    /// <summary>Adds the votes of contrasted questions up: see <see cref="ContrastMeanCall"/>.</summary>
    void ContrastMean(in ContrastMeanCall call);

    /// <summary>Writes ports: see <see cref="ScaleCall"/>.</summary>
    void Scale(in ScaleCall call);

    /// <summary>Steers activations in place: see <see cref="InjectCall"/>.</summary>
    void Inject(in InjectCall call);
}
