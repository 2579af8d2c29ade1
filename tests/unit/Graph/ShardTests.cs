using Roast.Graph;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class ShardTests
{
    static string Shard(string tensor) => tensor.Contains("layers.1.") ? "model-00002-of-00002.safetensors" : "model-00001-of-00002.safetensors";

    [Fact]
    public void Every_weight_points_into_the_shard_that_holds_it()
    {
        using var folder = new TinyFolder();
        var graph = ModelGraph.FromHuggingFace(folder.WriteSharded(Shard).Path);
        var model = ModelProto.Parser.ParseFrom(graph.Instrument(Plan.Empty));
        var external = model.Graph.Initializer.Where(ExternalData.IsExternal).ToDictionary(tensor => tensor.Name, ExternalData.Location);
        Assert.Equal(folder.Tensors.Keys.ToDictionary(name => name, Shard), external);
        Assert.Equal([folder.File(Shard("")), folder.File(Shard("layers.1."))], graph.WeightsFiles);
        graph.Save(folder.File("model.onnx"));
        Assert.Equal(graph.WeightsFiles, ModelGraph.Load(folder.File("model.onnx")).WeightsFiles);
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        using var folder = new TinyFolder();
        File.Delete(folder.WriteSharded(Shard).File(Shard("layers.1.")));
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Path));
        Assert.Equal(RoastError.NotFound, error.Kind);
        Assert.Contains(Shard("layers.1."), error.Message);
    }

    [Theory, InlineData("../model-00001-of-00002.safetensors"), InlineData("/etc/passwd"), InlineData("a/b.safetensors"), InlineData("a\\b"), InlineData(".."), InlineData(""), InlineData("c:x"), InlineData("a\0b")]
    public void A_shard_outside_the_folder_is_refused_unopened(string name)
    {
        using var folder = new TinyFolder();
        folder.WriteSharded(Shard).WriteIndex(folder.Tensors.Keys.ToDictionary(tensor => tensor, tensor => tensor == "model.norm.weight" ? name : Shard(tensor)));
        AssertBad(folder, "same folder");
    }

    [Fact]
    public void An_index_that_disagrees_with_a_shard_is_a_bad_file()
    {
        using var folder = new TinyFolder();
        var map = folder.Tensors.Keys.ToDictionary(tensor => tensor, Shard);
        folder.WriteSharded(Shard).WriteIndex(new(map) { ["model.norm.weight"] = Shard("layers.1.") });
        AssertBad(folder, "holds it too");
        folder.WriteIndex(new(map) { ["extra.weight"] = Shard("") });
        AssertBad(folder, "does not hold it");
        map.Remove("model.norm.weight");
        folder.WriteIndex(map);
        AssertBad(folder, "does not know the tensor 'model.norm.weight'");
    }

    [Fact]
    public void A_tensor_in_two_shards_is_a_bad_file()
    {
        using var folder = new TinyFolder();
        folder.WriteSharded(_ => Shard(""));
        File.Copy(folder.File(Shard("")), folder.File(Shard("layers.1.")));
        folder.WriteIndex(folder.Tensors.Keys.ToDictionary(tensor => tensor, Shard));
        AssertBad(folder, "holds it too");
    }

    [Fact]
    public void A_shard_that_is_cut_short_is_a_bad_file_with_its_name()
    {
        using var folder = new TinyFolder();
        string path = folder.WriteSharded(Shard).File(Shard("layers.1."));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        AssertBad(folder, Path.GetFileName(path));
    }

    [Theory, InlineData("{}", "weight_map"), InlineData("[]", "weight_map"), InlineData("{\"weight_map\":3}", "weight_map"), InlineData("{\"weight_map\":{}}", "names no tensor")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "'a'"), InlineData("{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}", "twice"), InlineData("{", "not JSON"), InlineData("{\"weight_map\":{\"a\":\"\\ud800\"}}", "not JSON")]
    public void A_damaged_index_is_a_bad_file(string json, string words)
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder.WriteSharded(Shard).File("model.safetensors.index.json"), json);
        AssertBad(folder, words);
    }

    static void AssertBad(TinyFolder folder, string words)
    {
        var error = Assert.Throws<RoastException>(() => ModelGraph.FromHuggingFace(folder.Path));
        Assert.Equal(RoastError.BadFile, error.Kind);
        Assert.Contains(words, error.Message);
    }
}
