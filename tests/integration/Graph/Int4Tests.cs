using System.Buffers.Binary;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Int4 exports against the float model with the weights that the quantized file means, decoded here from its bytes.</summary>
public class Int4Tests
{
    static readonly long[] Ids = [5, 17, 42, 300, 9, 77];

    public static TheoryData<string, bool> ModelsAndForms
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string model in TinyRandom.TinyModel.All) { data.Add(model, false); data.Add(model, true); }
            return data;
        }
    }

    [Theory, MemberData(nameof(ModelsAndForms))]
    public void Logits_and_activations_are_those_of_the_dequantized_weights(string model, bool asymmetric)
    {
        string source = SharedData.Require("models", "tiny-random", model), parent = Directory.CreateTempSubdirectory("roast-").FullName, folder = Path.Combine(parent, "out");
        try
        {
            ModelExporter.Export(source, folder, new ExportOptions { Precision = Precision.Int4, Asymmetric = asymmetric });
            var quantized = ModelGraph.Load(Path.Combine(folder, "model.onnx"));
            var stored = new StoredWeights(folder);
            using var reference = new RewrittenModel(source, SafetensorsType.F32, (name, values) =>
            {
                float[] meant = stored.Decode(name, values.Length);
                // A step is an eighth of a block's largest weight, or a fifteenth of its range: a wrong nibble order or sign would miss by far.
                Near.EqualToScale(values, meant, name.EndsWith("norm.weight", StringComparison.Ordinal) || name.EndsWith(".bias", StringComparison.Ordinal) ? 0 : Tolerance.Int4Step, name);
                return meant;
            });
            var expected = ModelGraph.FromHuggingFace(reference.Folder);
            using var ours = new PlanSession(quantized, new Plan { Taps = quantized.Points, Logits = LogitPositions.All });
            using var same = new PlanSession(expected, new Plan { Taps = expected.Points, Logits = LogitPositions.All });
            var (a, b) = (ours.Run(Ids), same.Run(Ids));
            Near.Equal(b.Logits, a.Logits, Tolerance.BlockProducts, model);
            foreach (var point in expected.Points) Near.Equal(b.Tap(point), a.Tap(point), Tolerance.BlockProducts, $"{model} {point}");
        }
        finally { Directory.Delete(parent, recursive: true); }
    }

    [Fact]
    public async Task An_int4_export_of_the_default_model_opens_and_generates()
    {
        string parent = Directory.CreateTempSubdirectory("roast-").FullName, folder = Path.Combine(parent, "out");
        try
        {
            ModelExporter.Export(Repository.DefaultModel, folder, new ExportOptions { Precision = Precision.Int4 });
            using var model = SteerableModel.Open(folder);
            var answer = await model.CompleteAsync(model.EncodePrompt("457+385="), new() { MaxTokens = 8 }, TestContext.Current.CancellationToken);
            Assert.NotEmpty(answer.Text!);
        }
        finally { Directory.Delete(parent, recursive: true); }
    }

    sealed class StoredWeights
    {
        readonly Dictionary<string, TensorProto> _tensors;
        readonly byte[] _data;

        public StoredWeights(string folder)
        {
            _tensors = OnnxFile.Read(Path.Combine(folder, "model.onnx")).Graph.Initializer.Where(ExternalData.IsExternal).ToDictionary(tensor => tensor.Name);
            _data = File.ReadAllBytes(Path.Combine(folder, "model.onnx.data"));
        }

        public float[] Decode(string name, int count)
        {
            if (_tensors.TryGetValue(name, out var plain))
            {
                byte[] bytes = [.. Bytes(plain)];
                return plain.DataType == Tensors.Float16
                    ? [.. Enumerable.Range(0, count).Select(i => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(2 * i)))]
                    : [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i)))];
            }
            byte[] packed = [.. Bytes(_tensors[name + ".q4"])], scales = [.. Bytes(_tensors[name + ".scales"])];
            byte[]? zeros = _tensors.TryGetValue(name + ".zeros", out var tensor) ? [.. Bytes(tensor)] : null;
            int outputs = (int)_tensors[name + ".q4"].Dims[0], blocks = (int)_tensors[name + ".q4"].Dims[1], inputs = count / outputs;
            var values = new float[count];
            for (int o = 0; o < outputs; o++)
                for (int i = 0; i < inputs; i++)
                {
                    int block = o * blocks + i / 32;
                    int q = packed[block * 16 + i % 32 / 2] >> (i % 2 * 4) & 15;
                    int zero = zeros is null ? 8 : zeros[o * ((blocks + 1) / 2) + i / 32 / 2] >> (i / 32 % 2 * 4) & 15;
                    values[o * inputs + i] = (q - zero) * BinaryPrimitives.ReadSingleLittleEndian(scales.AsSpan(4 * block));
                }
            return values;
        }

        ReadOnlySpan<byte> Bytes(TensorProto tensor) => _data.AsSpan(
            int.Parse(tensor.ExternalData.Single(entry => entry.Key == "offset").Value, System.Globalization.CultureInfo.InvariantCulture), (int)ExternalData.Length(tensor));
    }
}
