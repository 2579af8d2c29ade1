using Microsoft.ML.OnnxRuntime;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>16-bit weights as a source, and float16 as a target.</summary>
public class HalfPrecisionTests
{
    static readonly long[] Ids = [5, 17, 42, 300, 9, 77];

    public static TheoryData<string, SafetensorsType> ModelsAndTypes
    {
        get
        {
            var data = new TheoryData<string, SafetensorsType>();
            foreach (string model in TinyRandom.TinyModel.All) { data.Add(model, SafetensorsType.F16); data.Add(model, SafetensorsType.BF16); }
            return data;
        }
    }

    [Theory, MemberData(nameof(ModelsAndTypes))]
    public void A_model_stored_in_16_bits_computes_in_float32_with_the_very_weights_that_are_stored(string model, SafetensorsType type)
    {
        string source = SharedData.Require("models", "tiny-random", model);
        using var half = new RewrittenModel(source, type);
        using var single = new RewrittenModel(source, SafetensorsType.F32, (_, values) => Array.ConvertAll(values, x => RewrittenModel.Rounded(x, type)));
        var (actual, expected) = (ModelGraph.FromHuggingFace(half.Folder), ModelGraph.FromHuggingFace(single.Folder));
        using var ours = new PlanSession(actual, new Plan { Taps = actual.Points, Logits = LogitPositions.All });
        using var same = new PlanSession(expected, new Plan { Taps = expected.Points, Logits = LogitPositions.All });
        var (a, b) = (ours.Run(Ids), same.Run(Ids));
        Near.Equal(b.Logits, a.Logits, Tolerance.SameGraphOtherShape, $"{model} {type}");
        foreach (var point in actual.Points) Near.Equal(b.Tap(point), a.Tap(point), Tolerance.SameGraphOtherShape, $"{model} {type} {point}");
    }

    // GenAI is the host that such graphs are for; ONNX Runtime on the CPU casts where it has no float16 kernel.
    [Theory, MemberData(nameof(TinyRandomModels))]
    public void A_float16_export_computes_the_same_model_to_float16s_precision(string model)
    {
        string source = SharedData.Require("models", "tiny-random", model), folder = Path.Combine(Directory.CreateTempSubdirectory("roast-").FullName, "out");
        try
        {
            ModelExporter.Export(source, folder, new ExportOptions { Precision = Precision.Float16 });
            var graph = ModelGraph.FromHuggingFace(source);
            using var session = new PlanSession(graph, new Plan { Logits = LogitPositions.All });
            float[] expected = session.Run(Ids).Logits;
            using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            using var half = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
            var inputs = new Dictionary<string, OrtValue>
            {
                [GraphNames.InputIds] = OrtValue.CreateTensorValueFromMemory(Ids, [1, Ids.Length]),
                [GraphNames.AttentionMask] = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, Ids.Length).ToArray(), [1, Ids.Length]),
            };
            for (int layer = 0; layer < graph.Shape.Layers; layer++)
                foreach (string name in new[] { GraphNames.PastKey(layer), GraphNames.PastValue(layer) })
                    inputs[name] = OrtValue.CreateTensorValueFromMemory(Array.Empty<Float16>(), [1, graph.Shape.KeyValueHeads, 0, graph.Shape.HeadSize]);
            try
            {
                using var run = new RunOptions();
                using var outputs = half.Run(run, inputs, [GraphNames.Logits, GraphNames.PresentKey(0)]);
                Assert.Equal((long[])[1, graph.Shape.KeyValueHeads, Ids.Length, graph.Shape.HeadSize], outputs[1].GetTensorTypeAndShape().Shape);
                Near.EqualToScale(expected, Array.ConvertAll(outputs[0].GetTensorDataAsSpan<Float16>().ToArray(), x => x.ToFloat()), Tolerance.Float16Logits, model);
            }
            finally { foreach (var input in inputs.Values) input.Dispose(); }
        }
        finally { Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true); }
    }

    public static TheoryData<string> TinyRandomModels => [.. TinyRandom.TinyModel.All];
}
