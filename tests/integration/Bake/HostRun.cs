using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace Roast.Tests.Integration.Bake;

/// <summary>A model.onnx as a host that knows nothing of Roast runs it: opened by its path, every input that has no default fed.</summary>
static class HostRun
{
    /// <summary>Runs five tokens; returns every output by its name, widened to float32 where the graph has half floats.</summary>
    public static Dictionary<string, float[]> AssertRuns(string path, out float[] logits, params (string Name, float[] Values, long[] Shape)[] ports)
    {
        var all = Run(path, [5, 6, 7, 8, 9], ports);
        logits = all["logits"];
        return all;
    }

    public static Dictionary<string, float[]> Run(string path, int[] ids, params (string Name, float[] Values, long[] Shape)[] ports)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(path, options);
        var inputs = session.InputMetadata.ToDictionary(pair => pair.Key, pair => Input(pair.Key, pair.Value, ids));
        foreach (var (name, values, shape) in ports)
            inputs[name] = session.OverridableInitializerMetadata[name].ElementDataType == TensorElementType.Float16
                ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, x => (Float16)x), shape)
                : OrtValue.CreateTensorValueFromMemory(values, shape);
        try
        {
            using var run = new RunOptions();
            using var outputs = session.Run(run, inputs, session.OutputNames);
            var all = session.OutputNames.Select((name, i) => (name, Values: Floats(outputs[i]))).ToDictionary(x => x.name, x => x.Values);
            Assert.All(all["logits"], x => Assert.True(float.IsFinite(x)));
            return all;
        }
        finally { foreach (var input in inputs.Values) input.Dispose(); }
    }

    static OrtValue Input(string name, NodeMetadata type, int[] ids)
    {
        if (name == "input_ids") return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ids, id => (long)id), [1, ids.Length]);
        if (name == "attention_mask") return OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), [1, ids.Length]);
        if (name == "position_ids") return OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, ids.Length).Select(i => (long)i).ToArray(), [1, ids.Length]);
        // An empty past. The builder leaves the head size to the caller: the tiny models have 32 where it says nothing.
        long[] shape = [1, type.Dimensions[1], 0, type.Dimensions[3] > 0 ? type.Dimensions[3] : 32];
        return type.ElementDataType == TensorElementType.Float16
            ? OrtValue.CreateTensorValueFromMemory(Array.Empty<Float16>(), shape)
            : OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), shape);
    }

    static float[] Floats(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16
        ? [.. value.GetTensorDataAsSpan<Float16>().ToArray().Select(x => (float)x)]
        : value.GetTensorDataAsSpan<float>().ToArray();
}
