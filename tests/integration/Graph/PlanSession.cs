using Microsoft.ML.OnnxRuntime;
using Roast.Graph;

namespace Roast.Tests.Integration.Graph;

/// <summary>A session for one plan on the CPU, run without any of the decode loop's arts: every call allocates what it needs.</summary>
sealed class PlanSession : IDisposable
{
    readonly ModelShape _shape;
    readonly Plan _plan;
    readonly InferenceSession _session;

    public PlanSession(ModelGraph graph, Plan plan)
    {
        (_shape, _plan) = (graph.Shape, plan);
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", graph.WeightsFolder);
        _session = new InferenceSession(graph.ForPlan(plan), options);
    }

    public IReadOnlyCollection<string> Inputs => _session.InputNames;

    public IReadOnlyCollection<string> Overridable => [.. _session.OverridableInitializerMetadata.Keys];

    /// <summary>Runs rows of equal length behind a past of equal length; ports hold one vector, or one per row; logits are asked for at some positions, or at those of the graph's default.</summary>
    public Result Run(long[] ids, int rows = 1, Result? past = null, IReadOnlyDictionary<Point, float[]>? ports = null, long[]? logitIndices = null)
    {
        int length = ids.Length / rows, pastLength = past?.Length ?? 0, total = pastLength + length;
        var inputs = new Dictionary<string, OrtValue>
        {
            [GraphNames.InputIds] = OrtValue.CreateTensorValueFromMemory(ids, [rows, length]),
            [GraphNames.SeqLensK] = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(total - 1, rows).ToArray(), [rows]),
            [GraphNames.TotalSequenceLength] = OrtValue.CreateTensorValueFromMemory(new[] { total }, [1]),
        };
        for (int layer = 0; layer < _shape.Layers; layer++)
            foreach (var (name, present) in new[] { (GraphNames.PastKey(layer), GraphNames.PresentKey(layer)), (GraphNames.PastValue(layer), GraphNames.PresentValue(layer)) })
                inputs[name] = OrtValue.CreateTensorValueFromMemory(past?[present] ?? [], [rows, _shape.KeyValueHeads, pastLength, _shape.HeadSize]);
        foreach (var (point, vector) in ports ?? new Dictionary<Point, float[]>())
        {
            int width = _shape.Width(point.Site);
            inputs[GraphNames.Port(point)] = OrtValue.CreateTensorValueFromMemory(vector, _plan.PortForm == PortForm.Shared ? [width] : [vector.Length / width, 1, width]);
        }
        if (logitIndices is not null) inputs[GraphNames.LogitIndices] = OrtValue.CreateTensorValueFromMemory(logitIndices, [logitIndices.Length]);
        try
        {
            using var run = new RunOptions();
            using var outputs = _session.Run(run, inputs, _session.OutputNames);
            var values = new Dictionary<string, float[]>();
            for (int i = 0; i < outputs.Count; i++) values[_session.OutputNames[i]] = outputs[i].GetTensorDataAsSpan<float>().ToArray();
            return new Result(total, values);
        }
        finally { foreach (var input in inputs.Values) input.Dispose(); }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The outputs of a run, and the number of tokens in its keys and values.</summary>
    public sealed record Result(int Length, IReadOnlyDictionary<string, float[]> Values)
    {
        public float[] this[string name] => Values[name];
        public float[] Logits => Values[GraphNames.Logits];
        public float[] Tap(Point point) => Values[GraphNames.Tap(point)];
    }
}
