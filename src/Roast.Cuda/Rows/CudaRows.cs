using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Contrast;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;

namespace Roast.Cuda.Rows;

/// <summary>
/// Rows on a launcher's device: their cache, step buffers, ports and captures lie there and are moved by kernels in the launcher's stream. With
/// the CPU twins the same code runs over the process's memory, which is how it is tested without a card.
/// </summary>
/// <remarks>
/// One stream orders everything, ONNX Runtime's runs included (<c>user_compute_stream</c>), so bound inputs and outputs need no synchronizing of
/// their own, and a run returns once it is queued (<c>disable_synchronize_execution_providers</c>). The one wait of a step is for what the
/// host looks at: token ids or logits. Launchers take one thread at a time, hence <see cref="Gate"/>; loops side by side take turns.
/// </remarks>
internal sealed class CudaRows : RowDevice
{
    readonly int _ordinal;
    readonly bool _records;
    readonly List<WeakReference<CudaContrasts>> _contrasts = [];   // a fit that nobody holds any more gives its memory back by itself
    int _graphs;                                             // graph ids so far: 0 is ONNX Runtime's own

    /// <param name="launcher">Owned from now on.</param>
    /// <param name="ordinal">The device's number.</param>
    /// <param name="records">Whether repeated runs become CUDA graphs.</param>
    public CudaRows(IKernelLauncher launcher, int ordinal, bool records)
    {
        (Launcher, _ordinal, _records) = (launcher, ordinal, records);
        Place = IsDevice ? new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, ordinal, OrtMemType.Default) : OrtMemoryInfo.DefaultInstance;
    }

    public IKernelLauncher Launcher { get; }

    /// <summary>Taken around every use of the launcher and around runs: a graph that is recorded must not record what another loop queues.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What ONNX Runtime calls the memory.</summary>
    public OrtMemoryInfo Place { get; }

    /// <summary>Whether there is a card, or the twins' host memory.</summary>
    bool IsDevice => Launcher.Stream != 0;

    public override string Name => Launcher.Name;

    public override string? Note => Launcher.Note;

    public override bool NeedsHalf => IsDevice;

    public override bool HasFixedTotal => _records;

    public override void Configure(SessionOptions options)
    {
        if (IsDevice) CudaProvider.Append(options, CudaProvider.Settings(_ordinal, Launcher.Stream, _records), Name);
    }

    public override void Check(PlanSession session)
    {
        if (IsDevice && session.KeyValueType != TensorElementType.Float16)
            throw new RoastException(RoastError.Unsupported, $"The model computes in {session.KeyValueType}, and attention on CUDA takes float16: on {Name} it would run on the CPU and move all keys and values at every step. " +
                "Open its Hugging Face folder or .gguf file in float16, which is the default here, or export it in float16 (roast export --precision fp16) and open that folder, or run on the CPU.");
    }

    public override TensorMemory Allocate(TensorElementType type, long length) => new CudaTensor(this, type, length);

    public override PortMemory Ports(PlanSession session, int rows) => new CudaPorts(this, session, rows);

    public override TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) => new CudaCaptures(this, [.. taps.Cast<CudaTensor>()], [.. widths], rows);

    public override ContrastMemory? Contrasts(ActivationLayout layout, int sums)
    {
        long needed = CudaContrasts.Bytes(layout, sums);
        lock (Gate)
        {
            // Half: the cache and the runs, whose needs are not known yet, get the rest.
            if (Launcher.FreeBytes is { } free && needed > free / 2)
                throw CudaException.Missing($"The sums of {sums / 2:N0} questions at {layout.Points.Count} points take {needed:N0} bytes, and at most half of the {free:N0} that are free on {Name} go to them.");
            var contrasts = new CudaContrasts(this, layout, sums);
            _contrasts.RemoveAll(contrast => !contrast.TryGetTarget(out _));
            _contrasts.Add(new(contrasts));
            return contrasts;
        }
    }

    public override RunOptions RunOptions(bool repeats)
    {
        var options = new RunOptions();
        if (!IsDevice) return options;
        options.AddRunConfigEntry("disable_synchronize_execution_providers", "1");
        // An id per binding: a graph replays the very addresses that it was recorded with. -1: neither record nor replay.
        if (_records) options.AddRunConfigEntry("gpu_graph_id", (repeats ? Interlocked.Increment(ref _graphs) : -1).ToString(CultureInfo.InvariantCulture));
        return options;
    }

    public override void Run(InferenceSession session, RunOptions options, OrtIoBinding binding)
    {
        lock (Gate) session.RunWithBinding(options, binding);
    }

    /// <summary>Waits until nothing reads or writes memory any more that is about to be freed. A context that is lost is no reason to keep it.</summary>
    public void Settle()
    {
        try { Launcher.Wait(); }
        catch (CudaException) { }
    }

    public override void Dispose()
    {
        lock (Gate)
        {
            foreach (var contrast in _contrasts)
                if (contrast.TryGetTarget(out var held)) held.Dispose();
            Launcher.Dispose();
        }
        if (IsOwnPlace) Place.Dispose();
    }

    bool IsOwnPlace => !ReferenceEquals(Place, OrtMemoryInfo.DefaultInstance);
}
