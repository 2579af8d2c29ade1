using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Graph.Export;

namespace Roast.Onnx;

/// <summary>How ONNX Runtime runs a model. Immutable; vary it using <c>with</c>.</summary>
public sealed record RuntimeOptions
{
    /// <summary>
    /// Threads inside one operator. At least 1. <c>null</c>: one per core that this process may use, but a single one for a
    /// model below <see cref="TinyModelWeights"/>, whose operators end sooner than two threads meet (docs/benchmarks.md).
    /// </summary>
    public int? Threads
    {
        get;
        init { if (value is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads)); field = value; }
    }

    /// <summary>
    /// Whether idle worker threads spin for a while before they sleep. Default <c>true</c>: the operators of a decode step are shorter than
    /// waking a thread takes. <c>false</c> frees the cores between operators, for programs that have other work for them.
    /// </summary>
    public bool Spinning { get; init; } = true;

    /// <summary>
    /// The logical processor, counted from 0, of each worker thread: one fewer than <see cref="Threads"/>, since the calling thread works
    /// too and stays where its program put it. Empty, the default: the operating system places them.
    /// </summary>
    public IReadOnlyList<int> WorkerProcessors
    {
        get;
        init
        {
            foreach (int processor in value) ArgumentOutOfRangeException.ThrowIfNegative(processor, nameof(WorkerProcessors));
            field = value;
        }
    } = [];

    /// <summary>Where the model runs. Default: the CPU. Each model that is opened has memory and a queue of its own there.</summary>
    public ModelDevice Device { get; init { ArgumentNullException.ThrowIfNull(value, nameof(Device)); field = value; } } = ModelDevice.Cpu;

    /// <summary>Most bytes of KV cache that one call may allocate; a larger batch is refused. Default 8 GiB.</summary>
    public long MaxKvBytes { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxKvBytes)); field = value; } } = 8L << 30;

    /// <summary>Most rows that decode together. Default 64: measured on two cores, see docs/benchmarks.md.</summary>
    public int MaxRows { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxRows)); field = value; } } = 64;

    /// <summary>
    /// How weights are held, and what the model computes in. <c>null</c>, the default: what <see cref="Device"/> takes, which is
    /// <see cref="Graph.Export.Precision.Float16"/> on CUDA and <see cref="Graph.Export.Precision.Float32"/> on the CPU. An ONNX folder is as it was exported, whatever is asked for here,
    /// except that float16 is refused where the folder computes in float32.
    /// </summary>
    /// <remarks>
    /// <see cref="Graph.Export.Precision.Float32"/> dequantizes a .gguf file: the faster one on a CPU for rows that decode together, 8 bytes of memory a weight; a Hugging Face folder's weights are used where they lie.
    /// <see cref="Graph.Export.Precision.Float16"/> rounds weights to float16 in memory, 2 bytes each, once for all sessions of the model; one beyond float16's range is an error that names its tensor. On a CPU it is slower.
    /// <see cref="Graph.Export.Precision.Int4"/> keeps a .gguf file's matrices in Q4_0, Q4_1 and Q8_0 in their blocks: the same weights, a quarter of the memory, and faster for one row of
    /// a file in 4 bits (docs/export.md has figures). A Hugging Face folder is refused: it is exported to become int4.
    /// </remarks>
    public Precision? Precision
    {
        get;
        init
        {
            if (value is { } precision && !Enum.IsDefined(precision)) throw new ArgumentOutOfRangeException(nameof(Precision), value, "Not a precision.");
            field = value;
        }
    }

    /// <summary>
    /// Most sessions that a model keeps open while nobody uses them; each plan (points tapped, points steered, form) has one.
    /// Default 8. A session may hold a copy of the weights in its kernels' layout.
    /// </summary>
    public int MaxSessions { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxSessions)); field = value; } } = 8;

    /// <summary>Models with fewer weights run on one thread where <see cref="Threads"/> does not say otherwise.</summary>
    public const long TinyModelWeights = 4_000_000;

    internal RuntimeOptions For(ModelShape shape) => this with { Threads = Threads ?? (Weights(shape) < TinyModelWeights ? 1 : Environment.ProcessorCount) };

    static long Weights(ModelShape shape)
    {
        long attention = 2L * (shape.Heads + shape.KeyValueHeads) * shape.HeadSize * shape.HiddenSize, mlp = 3L * shape.IntermediateSize * shape.HiddenSize;
        return shape.Layers * (attention + mlp) + (long)shape.VocabularySize * shape.HiddenSize;
    }

    internal SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = Threads ?? Environment.ProcessorCount,
            InterOpNumThreads = 1,                           // a decoder is a chain: nothing runs side by side
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", Spinning ? "1" : "0");
        if (WorkerProcessors.Count == 0) return options;
        if (WorkerProcessors.Count != options.IntraOpNumThreads - 1)
            throw new ArgumentException($"{options.IntraOpNumThreads} threads are the caller's and {options.IntraOpNumThreads - 1} workers, but {nameof(WorkerProcessors)} names {WorkerProcessors.Count}. Name one processor per worker, or none.");
        // ONNX Runtime counts processors from 1.
        options.AddSessionConfigEntry("session.intra_op_thread_affinities", string.Join(';', WorkerProcessors.Select(processor => processor + 1)));
        return options;
    }
}
