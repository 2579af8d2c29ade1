using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Bake;

/// <summary>A model with a steering in its weights against the same model steered live, and against PyTorch.</summary>
public sealed class BakeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-bake-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> ModelsAndCases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string model in (string[])["qwen3-tied", "llama-tied", "glm4", "gemma2", "qwen3-tied/genai-fp32", "qwen2/genai-fp32", "gemma3/genai-fp32"])
                foreach (string name in (string[])["resid.all", "attn_out.all"]) data.Add(model, name);
            return data;
        }
    }

    [Theory, MemberData(nameof(ModelsAndCases))]
    public void A_baked_model_gives_the_tokens_of_the_reference_and_the_logits_of_live_steering(string name, string caseName)
    {
        using var tiny = new TinyModel(name);
        var one = tiny.Cases().Single(x => x.Name == caseName);
        var steering = one.Steering(tiny.Golden, 0);
        Assert.Equal(Scope.All, steering.Scope);
        var written = ModelRewriter.Bake(tiny.Model.FullPath, steering, Path.Combine(_folder, "baked"));
        Assert.Empty(GraphSummary.Read(Path.Combine(written.Output.Folder, written.Output.GraphFile)).Ports);
        using var baked = SteerableModel.Open(written.Output.Folder);
        Assert.Equal(tiny.Model.EndTokens, baked.EndTokens);
        foreach (string prompt in TinyModel.Prompts)
        {
            var (live, plain) = (Run(tiny.Model, tiny.Prompt(prompt), steering, one.NewTokens), Run(baked, tiny.Prompt(prompt), null, one.NewTokens));
            Assert.Equal(tiny.Golden.Int32s($"steer.{caseName}.{prompt}.ids"), plain.Tokens);
            Near.SameBits(live.Logits, plain.Logits, $"{name} {caseName} {prompt}");
        }
    }

    [Fact]
    public void The_default_model_with_its_vector_baked_in_gives_the_tokens_of_live_steering_in_scope_all()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        var golden = Golden.Open(Path.Combine(Repository.DefaultModel, "golden.safetensors"));
        var vector = new SteeringVector(PointPattern.Parse("mlp_act.*,attn_out.*").Resolve(4).Select(point => KeyValuePair.Create(point, golden[$"vector.max_norm.{point}"])));
        var steering = vector.At(0.5f, Scope.All);
        using var baked = SteerableModel.Open(ModelRewriter.Bake(model.FullPath, steering, Path.Combine(_folder, "careful")).Output.Folder);
        Assert.Equal(model.Identity, baked.Identity);
        bool differs = false;
        foreach (string question in (string[])["457+385=", "12+30=", "999+1=", "80+17="])
        {
            int[] prompt = model.EncodePrompt(question);
            Assert.Equal(prompt, baked.EncodePrompt(question));
            var live = Run(model, prompt, steering, 12);
            Assert.Equal(live.Tokens, Run(baked, prompt, null, 12).Tokens);
            differs |= !live.Logits.AsSpan().SequenceEqual(Run(model, prompt, null, 12).Logits);
        }
        Assert.True(differs, "The steering changes nothing, so this proves nothing.");
    }

    [Fact]
    public void Every_site_at_once_is_baked_also_into_a_baked_model()
    {
        using var tiny = new TinyModel("qwen3-tied/genai-fp32");
        var vector = new SteeringVector(tiny.Model.Summarize().Points.Select(point => KeyValuePair.Create(point, Enumerable.Range(0, tiny.Model.Shape.Width(point.Site)).Select(i => (i % 7 - 3) * 0.1f).ToArray())));
        string once = ModelRewriter.Bake(tiny.Model.FullPath, vector.At(0.25f, Scope.All), Path.Combine(_folder, "once")).Output.Folder;
        string twice = ModelRewriter.Bake(once, vector.At(0.25f, Scope.All), Path.Combine(_folder, "twice")).Output.Folder;
        using SteerableModel a = SteerableModel.Open(once), b = SteerableModel.Open(twice);
        int[] prompt = tiny.Prompt("p1");
        Near.SameBits(Run(tiny.Model, prompt, vector.At(0.25f, Scope.All), 4).Logits, Run(a, prompt, null, 4).Logits);
        Near.Equal(Run(tiny.Model, prompt, vector.At(0.5f, Scope.All), 4).Logits, Run(b, prompt, null, 4).Logits, Tolerance.ActivationsAgainstPyTorch);
    }

    [Fact]
    public void Float16_models_are_baked_too_unless_a_value_exceeds_the_format()
    {
        string source = SharedData.Require("onnx", "hf-internal-testing", "tiny-random-LlamaForCausalLM-fp16");
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.ResidPost, 1), Enumerable.Repeat(1f, 16).ToArray()), KeyValuePair.Create(new Point(Site.MlpAct, 0), Enumerable.Repeat(1f, 64).ToArray())]);
        var written = ModelRewriter.Bake(source, vector.At(0.5f, Scope.All), Path.Combine(_folder, "half"));
        HostRun.AssertRuns(Path.Combine(written.Output.Folder, "model.onnx"), out float[] steered);
        HostRun.AssertRuns(Path.Combine(source, "model.onnx"), out float[] plain);
        Assert.NotEqual(plain, steered);
        var error = Assert.Throws<RoastException>(() => ModelRewriter.Bake(source, vector.At(1e6f, Scope.All), Path.Combine(_folder, "over")));
        Assert.Equal(RoastError.VectorDoesNotFit, error.Kind);
        Assert.False(Directory.Exists(Path.Combine(_folder, "over")));
    }

    [Theory, InlineData(Scope.Last), InlineData(Scope.Prompt), InlineData(Scope.Generated)]
    public void A_scope_that_tells_positions_apart_is_refused_with_the_reason(Scope scope)
    {
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 1), new float[96])]);
        var error = Assert.Throws<ArgumentException>(() => ModelRewriter.Bake(Repository.DefaultModel, vector.At(1f, scope), Path.Combine(_folder, "no")));
        Assert.Contains("cannot tell the prompt from the answer", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void The_models_own_folder_is_refused_also_where_a_link_names_it_and_stays_as_it_was()
    {
        using var tiny = new TinyModel("qwen3-tied/genai-fp32");
        string own = Path.Combine(_folder, "own"), link = Path.Combine(_folder, "link");
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 0), new float[tiny.Model.Shape.HiddenSize])]);
        ModelRewriter.Bake(tiny.Model.FullPath, vector.At(1f, Scope.All), own);
        Directory.CreateSymbolicLink(link, own);
        byte[] before = File.ReadAllBytes(Path.Combine(own, "model.onnx"));
        foreach (var (source, output) in ((string, string)[])[(own, own), (link, own), (own, link), (Path.Combine(link, "model.onnx"), own)])
        {
            var error = Assert.Throws<RoastException>(() => ModelRewriter.Bake(source, vector.At(1f, Scope.All), output, overwrite: true));
            Assert.Equal(RoastError.CannotWrite, error.Kind);
            Assert.Contains("the model itself is there", error.Message);
        }
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(own, "model.onnx")));
    }

    [Theory, InlineData(1, 95), InlineData(4, 96)]
    public void A_vector_of_another_model_is_refused_and_nothing_is_written(int layer, int width)
    {
        var vector = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, layer), new float[width])]);
        Assert.Equal(RoastError.VectorDoesNotFit, Assert.Throws<RoastException>(() => ModelRewriter.Bake(Repository.DefaultModel, vector.At(1f, Scope.All), Path.Combine(_folder, "no"))).Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    static (int[] Tokens, float[] Logits) Run(SteerableModel model, int[] prompt, Steering? steering, int tokens)
    {
        var logits = new List<float>();
        RowResult? result = null;
        model.Rows.Run([new RowRequest { Prompt = prompt, MaxTokens = tokens, Steering = steering, OnLogits = (_, x) => logits.AddRange(x) }], [], (_, x) => result = x, TestContext.Current.CancellationToken);
        return (result!.Tokens, [.. logits]);
    }
}
