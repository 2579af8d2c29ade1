using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Onnx;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Bake;

/// <summary>Folders with fixed taps and ports, run as another host would.</summary>
public sealed class InstrumentTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-instrument-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, PortForm> Models
    {
        get
        {
            var data = new TheoryData<string, PortForm>();
            foreach (string model in (string[])["qwen3-tied/genai-fp32", "qwen3-tied/genai-int4", "gemma2/genai-fp32", "llama3-rope/genai-fp32"])
                foreach (var form in Enum.GetValues<PortForm>()) data.Add(model, form);
            return data;
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_host_that_feeds_no_port_gets_the_logits_it_had_and_taps_besides(string name, PortForm form)
    {
        string source = SharedData.Require(["models", "tiny-random", .. name.Split('/')]);
        var written = ModelRewriter.Instrument(Path.Combine(source, "model.onnx"), PointPattern.Everything, PointPattern.Everything, form, Out);
        HostRun.AssertRuns(Path.Combine(source, "model.onnx"), out float[] before);
        var outputs = HostRun.AssertRuns(Path.Combine(Out, "model.onnx"), out float[] after);
        Near.SameBits(before, after, name);
        Assert.Equal(16, written.Taps.Count(tap => outputs[GraphNames.Tap(tap)].All(float.IsFinite)));
        var summary = GraphSummary.Read(Path.Combine(Out, "model.onnx"));
        Assert.Equal((16, 16), (summary.Taps.Count, summary.Ports.Count));
        Assert.Contains("fixed plan", summary.PointsProblem);
        Assert.Contains("genai_config.json", written.Output.SideFiles);
        Assert.Contains("tokenizer.json", written.Output.SideFiles);
    }

    [Theory, InlineData(PortForm.Shared), InlineData(PortForm.PerRow)]
    public void A_port_adds_to_its_tap_in_float16_as_well(PortForm form)
    {
        string source = SharedData.Require("onnx", "hf-internal-testing", "tiny-random-LlamaForCausalLM-fp16");
        var all = PointPattern.Everything;
        ModelRewriter.Instrument(source, all, all, form, Out);
        var plain = HostRun.AssertRuns(Path.Combine(Out, "model.onnx"), out float[] before);
        foreach (var point in all.Resolve(2))
        {
            int width = point.Site == Site.MlpAct ? 64 : 16;
            float[] vector = [.. Enumerable.Range(0, width).Select(i => (i % 5 - 2) * 0.25f)];
            var steered = HostRun.AssertRuns(Path.Combine(Out, "model.onnx"), out float[] after, (GraphNames.Port(point), vector, form == PortForm.Shared ? [width] : [1, 1, width]));
            Assert.NotEqual(before, after);
            Near.Equal([.. plain[GraphNames.Tap(point)].Select((x, i) => x + vector[i % width])], steered[GraphNames.Tap(point)], Tolerance.Float16Sum, $"{point}");
        }
    }

    [Fact]
    public void Weights_are_linked_where_the_file_system_allows_and_a_changed_mind_replaces_the_folder()
    {
        using var source = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen2", "genai-fp32"));
        string target = $"{source.Path}-out";
        try
        {
            var taps = PointPattern.Parse("resid_post.last");
            var written = ModelRewriter.Instrument(source.Path, taps, null, PortForm.Shared, target);
            Assert.Equal(["model.onnx.data"], written.Output.Linked);
            Assert.Empty(written.Output.Copied);
            Assert.Equal(RoastError.CannotWrite, Assert.Throws<RoastException>(() => ModelRewriter.Instrument(source.Path, taps, null, PortForm.Shared, target)).Kind);
            ModelRewriter.Instrument(source.Path, PointPattern.Parse("attn_out.0"), null, PortForm.Shared, target, overwrite: true);
            Assert.Equal([new Point(Site.AttnOut, 0)], GraphSummary.Read(Path.Combine(target, "model.onnx")).Taps);
            Assert.True(File.Exists(source["model.onnx.data"]));
            Assert.Equal(2, Directory.EnumerateDirectories(Path.GetDirectoryName(target)!, $"{Path.GetFileName(source.Path)}*").Count());
        }
        finally { Directory.Delete(target, recursive: true); }
    }

    [Fact]
    public void A_folder_that_is_no_model_is_not_overwritten_and_neither_is_the_model_itself()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "thesis.txt"), "mine");
        foreach (string output in new[] { Out, Repository.DefaultModel, Repository.Root, Path.Combine(_folder, "absent", "out") })
            Assert.Equal(RoastError.CannotWrite, Assert.Throws<RoastException>(() => ModelRewriter.Instrument(Repository.DefaultModel, PointPattern.Everything, null, PortForm.Shared, output, overwrite: true)).Kind);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Out, "thesis.txt")));
    }

    [Fact]
    public void A_hugging_face_folder_becomes_an_onnx_folder_for_other_hosts()
    {
        var written = ModelRewriter.Instrument(Repository.DefaultModel, null, PointPattern.Parse("attn_out.*"), PortForm.Shared, Out);
        Assert.Equal(["model.safetensors"], written.Output.Linked.Concat(written.Output.Copied));
        HostRun.AssertRuns(Path.Combine(Out, "model.onnx"), out _);
    }

    string Out => Path.Combine(_folder, "out");
}
