using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Contrast;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Devices;

/// <summary>
/// Where the rows of one model run: it prepares sessions, owns the memory of what they read and write, and moves what has to move.
/// Thread-safe: loops of one model may run side by side. Disposed after its sessions and memory.
/// </summary>
internal abstract class RowDevice : IDisposable
{
    /// <summary>For people.</summary>
    public abstract string Name { get; }

    /// <summary>Why it is the CPU although a device was asked for; <c>null</c>: it is what was asked for.</summary>
    public abstract string? Note { get; }

    /// <summary>Whether models must compute in float16 here.</summary>
    public virtual bool NeedsHalf => false;

    /// <summary>Adds what sessions need to run here.</summary>
    public abstract void Configure(SessionOptions options);

    /// <summary>Refuses a session that would not run here as a whole.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>.</exception>
    public abstract void Check(PlanSession session);

    /// <summary>Zeroed memory.</summary>
    /// <param name="type">Float, Float16, Int32 or Int64.</param>
    /// <param name="length">Elements.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Device"/>: it has no room.</exception>
    public abstract TensorMemory Allocate(TensorElementType type, long length);

    /// <summary>Port vectors for up to <paramref name="rows"/> rows.</summary>
    public abstract PortMemory Ports(PlanSession session, int rows);

    /// <summary>Captures of taps for up to <paramref name="rows"/> rows.</summary>
    /// <param name="taps">Of this device, [rows, width] each.</param>
    /// <param name="widths">Their widths.</param>
    /// <param name="rows">Most rows.</param>
    public abstract TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows);

    /// <summary>Sums of captures, and the vector that is made of them, kept here.</summary>
    /// <param name="layout">How captures are laid out.</param>
    /// <param name="sums">How many.</param>
    /// <returns><c>null</c>: captures are on the host already, and so is what becomes of them.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Device"/>: there is no room for them; the message is one sentence for people.</exception>
    public virtual ContrastMemory? Contrasts(ActivationLayout layout, int sums) => null;

    /// <summary>How the runs of one binding are made. The caller disposes it.</summary>
    /// <param name="repeats">Bound once and run again and again, as the steps of rows that decode are; else a prefill or a reading.</param>
    public abstract RunOptions RunOptions(bool repeats);

    /// <summary>
    /// Whether attention is told the cache's length in place of the longest row's, so that repeated runs differ in device memory only. It looks
    /// at each row's own length either way.
    /// </summary>
    public virtual bool HasFixedTotal => false;

    /// <summary>Whether a session may be run for no logits at all, of which tensors of no elements come. Only where that was tried.</summary>
    public virtual bool TakesEmptyTensors => false;

    /// <summary>Runs a session over what is bound; what was queued before is seen by it, what is queued behind sees its results.</summary>
    public abstract void Run(InferenceSession session, RunOptions options, OrtIoBinding binding);

    public abstract void Dispose();
}
