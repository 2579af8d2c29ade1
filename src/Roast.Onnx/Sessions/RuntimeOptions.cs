using Microsoft.ML.OnnxRuntime;

namespace Roast.Onnx;

/// <summary>How ONNX Runtime runs a model. Immutable; vary it using <c>with</c>.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Threads inside one operator. <c>null</c>: one per core that this process may use. At least 1.</summary>
    public int? Threads
    {
        get;
        init { if (value is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads)); field = value; }
    }

    /// <summary>Most bytes of KV cache that one call may allocate; a larger batch is refused. Default 8 GiB.</summary>
    public long MaxKvBytes { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxKvBytes)); field = value; } } = 8L << 30;

    /// <summary>Most rows that decode together. Default 64: measured on two cores, see docs/benchmarks.md.</summary>
    public int MaxRows { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxRows)); field = value; } } = 64;

    /// <summary>The execution providers that this build of ONNX Runtime brings along, the preferred one first, for example <c>CPUExecutionProvider</c>.</summary>
    public static IReadOnlyList<string> AvailableProviders => OrtEnv.Instance().GetAvailableProviders();

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
        return options;
    }
}
