using System.Globalization;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class ExportTests
{
    [Fact]
    public void Every_weight_points_at_its_own_bytes_and_none_is_copied()
    {
        using var folder = new TinyFolder();
        var model = Base(folder.Write());
        var external = model.Graph.Initializer.Where(ExternalData.IsExternal).ToDictionary(tensor => tensor.Name);
        Assert.Equal(folder.Tensors.Keys, external.Keys.Order(StringComparer.Ordinal));
        long file = new FileInfo(folder.File("model.safetensors")).Length;
        long first = external.Values.Min(Offset), bytes = external.Values.Sum(ExternalData.Length);
        Assert.Equal(file, first + bytes);                                   // no hole and no overlap up to the last byte
        foreach (var (name, tensor) in external)
        {
            Assert.Equal(folder.Tensors[name].Shape, tensor.Dims);
            Assert.Equal(tensor.Dims.Aggregate(4L, (a, b) => a * b), ExternalData.Length(tensor));
            Assert.False(tensor.HasRawData);
        }
        static long Offset(TensorProto tensor) => long.Parse(tensor.ExternalData.Single(entry => entry.Key == "offset").Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void An_untied_head_reads_its_own_weight()
    {
        using var folder = new TinyFolder();
        folder.Config["tie_word_embeddings"] = false;
        folder.Add("lm_head.weight", TinyFolder.Vocabulary, TinyFolder.Hidden);
        Assert.Contains(Base(folder.Write()).Graph.Node, node => node.Input.Contains("lm_head.weight") && node.Output.Contains(GraphNames.Logits));
    }

    [Fact]
    public void The_models_points_are_all_sites_of_all_layers()
    {
        var graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);
        Assert.Equal(PointPattern.Everything.Resolve(4), graph.Points);
        Assert.Equal(Path.GetFullPath(Repository.DefaultModel), graph.WeightsFolder);
    }

    [Theory, InlineData(63, 63), InlineData(64, 64), InlineData(65, 64)]
    public void The_rotation_tables_are_as_long_as_model_and_option_allow(int option, int expected)
    {
        using var folder = new TinyFolder();
        var graph = ModelGraph.FromHuggingFace(folder.Write().Path, new ExportOptions { MaxPositions = option });
        Assert.Equal(expected, graph.Shape.MaxPositions);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExportOptions { MaxPositions = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExportOptions { MaxPositions = (1 << 20) + 1 });
    }

    [Fact]
    public void The_rotation_tables_hold_cosines_and_sines_of_position_times_frequency()
    {
        var (cos, sin) = RopeCache.Compute(positions: 3, headSize: 4, new Rotation { Theta = 100 });
        double[] angles = [0, 0, 1, 0.1, 2, 0.2];
        Assert.Equal(angles.Select(a => (float)Math.Cos(a)), Floats(cos));
        Assert.Equal(angles.Select(a => (float)Math.Sin(a)), Floats(sin));
        static float[] Floats(byte[] bytes) => [.. bytes.Chunk(4).Select(four => BitConverter.ToSingle(four))];
    }

    [Fact]
    public void Rotation_tables_past_their_limit_are_refused_before_they_are_made()
    {
        const int HeadSize = 1024;                                           // 4096 bytes a position
        var error = Assert.Throws<RoastException>(() => RopeCache.Compute((int)(RopeCache.MaxBytes / 4096) + 1, HeadSize, new Rotation { Theta = 10000 }));
        Assert.Equal(RoastError.TooLarge, error.Kind);
        Assert.Contains("MaxPositions", error.Message);
    }

    public static TheoryData<string> TensorNames { get { using var folder = new TinyFolder(); return [.. folder.Tensors.Keys]; } }

    [Theory, MemberData(nameof(TensorNames))]
    public void A_missing_or_misshapen_tensor_is_named_with_what_was_expected(string name)
    {
        using var folder = new TinyFolder();
        (string type, long[] shape) = folder.Tensors[name];
        folder.Tensors[name] = (type, [shape[0] + 1, .. shape[1..]]);
        AssertBad($"asks for [{string.Join(", ", shape)}]");
        folder.Tensors.Remove(name);
        AssertBad("missing");

        void AssertBad(string expected)
        {
            var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Write().Path));
            Assert.Equal(RoastError.BadFile, error.Kind);
            Assert.Contains($"'{name}'", error.Message);
            Assert.Contains(expected, error.Message);
        }
    }

    [Theory, InlineData("F16", Tensors.Float16), InlineData("BF16", Tensors.BFloat16)]
    public void Half_precision_weights_stay_in_their_file_and_are_cast_where_they_are_used(string type, int expected)
    {
        using var folder = new TinyFolder();
        foreach (string name in folder.Tensors.Keys.ToArray()) folder.Tensors[name] = (type, folder.Tensors[name].Shape);
        var graph = Base(folder.Write()).Graph;
        var external = graph.Initializer.Where(ExternalData.IsExternal).ToDictionary(tensor => tensor.Name);
        Assert.Equal(folder.Tensors.Keys, external.Keys.Order(StringComparer.Ordinal));
        Assert.All(external.Values, tensor => Assert.Equal(expected, tensor.DataType));
        // Every use is a cast, but for the table of the embedding, of which a run casts the rows it takes.
        foreach (var node in graph.Node)
            if (node.Input.Any(external.ContainsKey)) Assert.True(node.OpType is "Cast" or "Gather", $"{node.Name} takes a weight of type {type}.");
        Assert.All(graph.Node.Where(node => node.Input.Any(external.ContainsKey)).GroupBy(node => (node.OpType, node.Input[0])), uses => Assert.Single(uses));
    }

    [Theory, InlineData("F8_E4M3"), InlineData("I32"), InlineData("F64")]
    public void Weights_of_another_type_are_refused_by_name(string type)
    {
        using var folder = new TinyFolder();
        folder.Tensors["model.norm.weight"] = (type, [TinyFolder.Hidden]);
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Write().Path));
        Assert.Equal(RoastError.Unsupported, error.Kind);
        Assert.Contains($"'model.norm.weight' is {type}", error.Message);
    }

    [Fact]
    public void A_tensor_that_the_graph_would_leave_out_is_refused_but_a_tied_head_saved_twice_is_not()
    {
        using var folder = new TinyFolder();
        folder.Add("lm_head.weight", TinyFolder.Vocabulary, TinyFolder.Hidden);
        ModelGraph.FromHuggingFace(folder.Write().Path);
        folder.Add("model.layers.0.self_attn.q_proj.bias", TinyFolder.Heads * TinyFolder.HeadSize);
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Write().Path));
        Assert.Equal(RoastError.Unsupported, error.Kind);
        Assert.Contains("q_proj.bias", error.Message);
    }

    [Fact]
    public void Weights_that_are_not_there_are_not_found()
    {
        using var folder = new TinyFolder();
        File.Delete(folder.Write().File("model.safetensors"));
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Path));
        Assert.Equal(RoastError.NotFound, error.Kind);
        Assert.Contains("model.safetensors.index.json", error.Message);
    }

    [Fact]
    public void Weights_that_are_cut_short_are_a_bad_file()
    {
        using var folder = new TinyFolder();
        byte[] whole = File.ReadAllBytes(folder.Write().File("model.safetensors"));
        File.WriteAllBytes(folder.File("model.safetensors"), whole[..^1]);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Path)).Kind);
    }

    static ModelProto Base(TinyFolder folder) =>
        ModelProto.Parser.ParseFrom(ModelGraph.FromHuggingFace(folder.Path).Instrument(new Plan { Logits = LogitPositions.All }));
}
