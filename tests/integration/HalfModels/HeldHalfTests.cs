using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Contrast;
using Roast.Formats;
using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Rows;
using Roast.Onnx.Sessions;
using Roast.Sampling;
using Roast.Tests.Integration.Device;
using Roast.Tests.Integration.Gguf;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.HalfModels;

/// <summary>Models that are converted to float16 while they are opened compute what their float16 exports compute, to the bit, and leave nothing on the disk.</summary>
public class HeldHalfTests
{
    static readonly RuntimeOptions InHalf = new() { Precision = Precision.Float16 };

    public static TheoryData<string> Models => [.. TinyModel.All];

    [Theory, MemberData(nameof(Models))]
    public async Task A_hugging_face_folder_has_its_exports_bits(string name)
    {
        using var exported = HalfModel.Tiny(name);
        using var held = SteerableModel.Open(SharedData.Require("models", "tiny-random", name), InHalf);
        await SameAsync(exported.Model, held);
    }

    [Theory, InlineData("llama3-rope"), InlineData("qwen2"), InlineData("qwen3-untied")]
    public async Task A_gguf_file_has_its_exports_bits(string name)
    {
        using var file = new TinyGguf(name);
        string[] before = Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!);
        using var held = SteerableModel.Open(file.Path, InHalf);
        string folder = Directory.CreateTempSubdirectory("roast-half-").FullName;
        try
        {
            ModelExport.Export(file.Path, Path.Combine(folder, "model"), new ExportOptions { Precision = Precision.Float16 });
            using var exported = SteerableModel.Open(Path.Combine(folder, "model"));
            await SameAsync(exported, held);
        }
        finally { Directory.Delete(folder, recursive: true); }
        using var single = SteerableModel.Open(file.Path);
        Assert.Equal(single.Identity, held.Identity);          // a vector of one fits the other
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Weights_of_which_some_or_all_are_float16_already_have_its_bits_too(bool all)
    {
        string source = SharedData.Require("models", "tiny-random", "qwen2"), folder = Directory.CreateTempSubdirectory("roast-half-").FullName;
        try
        {
            File.Copy(Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"));
            var weights = Golden.Open(Path.Combine(source, "model.safetensors"));
            using (var stream = File.Create(Path.Combine(folder, "model.safetensors")))
                SafetensorsWriter.Write(stream, [.. weights.Names.Select(name => all || name.Contains("proj", StringComparison.Ordinal)
                    ? new SafetensorsTensor(name, SafetensorsType.F16, [.. weights.Shape(name).Select(x => (long)x)], MemoryMarshal.AsBytes<Half>(Array.ConvertAll(weights[name], x => (Half)x)).ToArray())
                    : SafetensorsTensor.Float32(name, weights[name], [.. weights.Shape(name).Select(x => (long)x)]))]);
            using var exported = HalfModel.Tiny("qwen2");
            using var held = SteerableModel.Open(folder, InHalf);
            await SameAsync(exported.Model, held);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task Sessions_share_the_weights_and_a_session_of_a_gone_file_is_an_error()
    {
        var file = new TinyGguf("qwen2");
        using var held = SteerableModel.Open(file.Path, InHalf);
        var points = PointPattern.Everything.Resolve(held.Shape.Layers);
        var first = await held.ReadActivationsAsync([1, 2, 3], points, logits: true);
        file.Dispose();                                        // what was converted is there
        var second = await held.ReadActivationsAsync([1, 2, 3], [points[0]], logits: true);
        Near.SameBits(first.Logits!, second.Logits!, "logits of another plan");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_weight_that_float16_cannot_hold_is_an_error_that_names_its_tensor(bool gguf)
    {
        string source = SharedData.Require("models", "tiny-random", "qwen2");
        string folder = Directory.CreateTempSubdirectory("roast-half-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            Overwrite(Path.Combine(folder, "model.safetensors"), "model.layers.1.mlp.up_proj.weight", 70000f);
            using var made = gguf ? new TinyGguf(folder, isPath: true) : null;
            using var model = SteerableModel.Open(made?.Path ?? folder, InHalf);
            var e = await Assert.ThrowsAsync<RoastException>(() => model.ReadActivationsAsync([1, 2], [], logits: true));
            Assert.Equal(RoastError.Unsupported, e.Kind);
            Assert.Contains(gguf ? "'blk.1.ffn_up.weight' holds 70000, and float16 ends at 65500" : "'model.layers.1.mlp.up_proj.weight' holds 70000, and float16 ends at 65500", e.Message);
            using var single = SteerableModel.Open(made?.Path ?? folder);
            Assert.NotNull((await single.ReadActivationsAsync([1, 2], [], logits: true)).Logits);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_folder_that_was_exported_in_float32_is_refused_in_float16_and_one_in_float16_is_taken()
    {
        string folder = Directory.CreateTempSubdirectory("roast-half-").FullName;
        try
        {
            string single = Path.Combine(folder, "single");
            ModelExport.Export(SharedData.Require("models", "tiny-random", "qwen2"), single, new ExportOptions());
            var e = Assert.Throws<RoastException>(() => SteerableModel.Open(single, InHalf));
            Assert.Equal(RoastError.Unsupported, e.Kind);
            Assert.Contains("roast export --precision fp16", e.Message);
            var other = Assert.Throws<RoastException>(() => SteerableModel.Open(SharedData.Require("models", "tiny-random", "qwen2"), new RuntimeOptions { Precision = Precision.Int4 }));
            Assert.Contains("roast export --precision int4", other.Message);
            using var half = HalfModel.Tiny("qwen2", InHalf);
            Assert.True(half.Model.Shape.Layers > 0);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task On_a_device_too_a_converted_model_has_its_exports_bits()
    {
        using var exported = HalfModel.Tiny("qwen3-tied");
        using var held = SteerableModel.Open(SharedData.Require("models", "tiny-random", "qwen3-tied"), DeviceModel.Twins() with { Precision = Precision.Float16 });
        await SameAsync(exported.Model, held);
    }

    [Fact]
    public async Task A_device_that_takes_nothing_else_gets_float16_without_being_asked()
    {
        using var exported = HalfModel.Tiny("qwen2");
        using var held = SteerableModel.Open(SharedData.Require("models", "tiny-random", "qwen2"), new RuntimeOptions { Device = new HalfDevice() });
        await SameAsync(exported.Model, held);
        using var card = new Cuda.Rows.CudaRows(new CountingLauncher { Stream = 1 }, 0, records: false);
        using var twins = new Cuda.Rows.CudaRows(new CountingLauncher(), 0, records: false);
        Assert.Equal((true, false), (card.NeedsHalf, twins.NeedsHalf));
    }

    [Fact]
    public void A_device_that_was_opened_for_a_model_that_is_not_there_is_given_back()
    {
        var launcher = new CountingLauncher();
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => SteerableModel.Open("there-is-no-such-model", DeviceModel.Twins(launcher: launcher))).Kind);
        Assert.True(launcher.IsDisposed);
    }

    sealed record HalfDevice : ModelDevice
    {
        internal override RowDevice Open() => new HalfHost();
    }

    /// <summary>The CPU, which says that it computes in float16 alone.</summary>
    sealed class HalfHost : RowDevice
    {
        readonly HostDevice _host = new();
        public override string Name => _host.Name;
        public override string? Note => null;
        public override bool NeedsHalf => true;
        public override void Configure(SessionOptions options) => _host.Configure(options);
        public override void Check(PlanSession session) => Assert.Equal(TensorElementType.Float16, session.KeyValueType);
        public override TensorMemory Allocate(TensorElementType type, long length) => _host.Allocate(type, length);
        public override PortMemory Ports(PlanSession session, int rows) => _host.Ports(session, rows);
        public override TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) => _host.Captures(taps, widths, rows);
        public override Microsoft.ML.OnnxRuntime.RunOptions RunOptions(bool repeats) => _host.RunOptions(repeats);
        public override void Run(InferenceSession session, Microsoft.ML.OnnxRuntime.RunOptions options, OrtIoBinding binding) => _host.Run(session, options, binding);
        public override void Dispose() => _host.Dispose();
    }

    static async Task SameAsync(SteerableModel expected, SteerableModel actual)
    {
        var points = PointPattern.Everything.Resolve(expected.Shape.Layers);
        var (a, b) = (await expected.ReadActivationsAsync([5, 3, 2, 9], points, logits: true), await actual.ReadActivationsAsync([5, 3, 2, 9], points, logits: true));
        Near.SameBits(a.Logits!, b.Logits!, "logits");
        foreach (var point in points) Near.SameBits(a.Values[point], b.Values[point], $"{point}");
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.ResidPost, 1), Enumerable.Range(0, expected.Shape.HiddenSize).Select(i => (i % 5 - 2) / 7f).ToArray())]);
        RowRequest[] requests = [.. Enumerable.Range(0, 4).Select(i => new RowRequest
        {
            Prompt = [3 + i, 5, 7], MaxTokens = 6, Capture = [Pool.Mean], Sampler = SamplerOptions.Rollouts, Seed = new RowSeed(4, (uint)i, 0), Steering = i % 2 == 0 ? null : vector.At(i * 0.3f),
        })];
        RowResult[] Run(SteerableModel model)
        {
            var results = new RowResult[requests.Length];
            model.Rows.Run(requests, points, (i, result) => results[i] = result, default);
            return results;
        }
        var (rows, others) = (Run(expected), Run(actual));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Tokens, others[i].Tokens);
            Near.SameBits(rows[i].Activations[0], others[i].Activations[0], $"row {i}");
        }
    }

    static void Overwrite(string path, string tensor, float value)
    {
        byte[] bytes = File.ReadAllBytes(path);
        long header = BitConverter.ToInt64(bytes);
        using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, (int)header));
        var entry = json.RootElement.GetProperty(tensor);
        Assert.Equal("F32", entry.GetProperty("dtype").GetString());
        BitConverter.TryWriteBytes(bytes.AsSpan((int)(8 + header + entry.GetProperty("data_offsets")[0].GetInt64())), value);
        File.WriteAllBytes(path, bytes);
    }
}
