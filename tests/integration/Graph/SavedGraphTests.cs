using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>model.onnx as other hosts meet it: opened by its path, driven by a mask.</summary>
public class SavedGraphTests
{
    static readonly long[] Ids = [273, 258, 198, 16, 24, 21, 10];

    [Fact]
    public void A_saved_graph_opens_by_its_path_and_gives_the_logits_of_a_session_with_direct_lengths()
    {
        string folder = Directory.CreateTempSubdirectory("roast-").FullName;
        try
        {
            foreach (string name in new[] { "config.json", "model.safetensors" }) File.Copy(Repository.Path("models", "two-annotators", name), Path.Combine(folder, name));
            var graph = ModelGraph.FromHuggingFace(folder);
            string path = Path.Combine(folder, "model.onnx");
            graph.Save(path);
            using var options = Options();
            using var saved = new InferenceSession(path, options);
            using var direct = new PlanSession(ModelGraph.Load(path), new Plan { Logits = LogitPositions.All });
            Near.SameBits(direct.Run(Ids).Logits, Run(saved, graph.Shape));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void An_instrumented_graph_takes_a_mask_and_steers()
    {
        var graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);
        var point = new Point(Site.AttnOut, 1);
        using var options = Options();
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", graph.WeightsFolder);
        using var instrumented = new InferenceSession(graph.Instrument(new Plan { Ports = [point] }), options);
        using var direct = new PlanSession(graph, new Plan { Ports = [point] });
        float[] vector = [.. Enumerable.Range(0, graph.Shape.HiddenSize).Select(i => i % 7 - 3f)];
        using var port = OrtValue.CreateTensorValueFromMemory(vector, [vector.Length]);
        Near.SameBits(direct.Run(Ids, ports: new Dictionary<Point, float[]> { [point] = vector }).Logits, Run(instrumented, graph.Shape, (GraphNames.Port(point), port)));
    }

    static SessionOptions Options() => new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    static float[] Run(InferenceSession session, ModelShape shape, params (string Name, OrtValue Value)[] extra)
    {
        var inputs = extra.ToDictionary(input => input.Name, input => input.Value);
        inputs[GraphNames.InputIds] = OrtValue.CreateTensorValueFromMemory(Ids, [1, Ids.Length]);
        inputs[GraphNames.AttentionMask] = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, Ids.Length).ToArray(), [1, Ids.Length]);
        for (int layer = 0; layer < shape.Layers; layer++)
            foreach (string name in new[] { GraphNames.PastKey(layer), GraphNames.PastValue(layer) })
                inputs[name] = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, shape.KeyValueHeads, 0, shape.HeadSize]);
        try
        {
            using var run = new RunOptions();
            using var outputs = session.Run(run, inputs, [GraphNames.Logits]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally { foreach (var input in inputs.Values) input.Dispose(); }
    }
}
