using System.Text.Json;
using Roast.Files;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public sealed class ModelExporterTests : IDisposable
{
    readonly TinyFolder _source = new TinyFolder().Write();
    readonly string _parent = Directory.CreateTempSubdirectory("roast-export-").FullName;

    string Target => Path.Combine(_parent, "out");

    public void Dispose()
    {
        _source.Dispose();
        Directory.Delete(_parent, recursive: true);
    }

    [Fact]
    public async Task An_export_into_a_folder_waits_while_another_one_moves_its_files_there()
    {
        ModelExporter.Export(_source.Path, Target);
        string graph = Path.Combine(Target, "model.onnx"), held = Path.Combine(Target, ModelFolderWriter.LockFile);
        byte[] before = File.ReadAllBytes(graph);
        Task export;
        using (new FileStream(held, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            export = Task.Run(() => ModelExporter.Export(_source.Path, Target, new ExportOptions { Precision = Precision.Float16 }, overwrite: true), TestContext.Current.CancellationToken);
            while (!export.IsCompleted && !Directory.GetDirectories(Target).Any(stage => File.Exists(Path.Combine(stage, "roast.json")))) await Task.Delay(10, TestContext.Current.CancellationToken);
            await Task.Delay(300, TestContext.Current.CancellationToken);       // long enough to be done, if nothing held it
            Assert.False(export.IsCompleted);
            Assert.Equal(before, File.ReadAllBytes(graph));
        }
        await export;
        Assert.NotEqual(before, File.ReadAllBytes(graph));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Target), path => Path.GetFileName(path).StartsWith('.'));
    }

    [Fact]
    public void A_new_folder_has_the_graph_the_weights_without_a_copy_and_all_that_hosts_ask_for()
    {
        File.WriteAllText(_source.File("tokenizer.json"), "{}");
        File.WriteAllText(_source.File("chat_template.jinja"), "{{ messages }}");
        var result = ModelExporter.Export(_source.Path, Target);
        string[] names = ["chat_template.jinja", "config.json", "genai_config.json", "model.onnx", "model.safetensors", "roast.json", "tokenizer.json"];
        Assert.Equal(names, Directory.GetFileSystemEntries(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(names, result.Files.Select(file => file.Name));
        Assert.All(result.Files, file => Assert.Equal(new FileInfo(Path.Combine(Target, file.Name)).Length, file.Bytes));
        Assert.Equal(FileOrigin.Linked, result.Files.Single(file => file.Name == "model.safetensors").Origin);
        Assert.Equal(File.ReadAllBytes(_source.File("config.json")), File.ReadAllBytes(Path.Combine(Target, "config.json")));
        Assert.Equal((Target, Precision.Float32), (result.Folder, result.Precision));
        Assert.Empty(result.Notes);
        Assert.Equal(["out"], Directory.GetFileSystemEntries(_parent).Select(Path.GetFileName));
        Assert.Equal(ModelGraph.FromHuggingFace(_source.Path).ForPlan(Plan.Empty), ModelGraph.Load(Path.Combine(Target, "model.onnx")).ForPlan(Plan.Empty));
    }

    [Fact]
    public void An_export_into_the_source_adds_three_small_files_and_touches_none()
    {
        var before = Directory.GetFiles(_source.Path).ToDictionary(path => path, File.ReadAllBytes);
        var result = ModelExporter.Export(_source.Path, _source.Path + Path.DirectorySeparatorChar);
        Assert.Equal(["genai_config.json", "model.onnx", "roast.json"], Directory.GetFileSystemEntries(_source.Path).Except(before.Keys).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in before) Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Equal(FileOrigin.InPlace, result.Files.Single(file => file.Name == "model.safetensors").Origin);
    }

    [Fact]
    public void Roast_json_names_points_widths_and_hashes()
    {
        var result = ModelExporter.Export(_source.Path, Target);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Target, "roast.json")));
        var root = json.RootElement;
        Assert.Equal((1, "qwen3", "fp32", 2), (root.GetProperty("format").GetInt32(), root.GetProperty("family").GetString(), root.GetProperty("precision").GetString(), root.GetProperty("layers").GetInt32()));
        Assert.Equal(result.WeightsFingerprint, root.GetProperty("weights_fingerprint").GetString());
        Assert.Equal(Fingerprint.Weights(_source.File("model.safetensors")), result.WeightsFingerprint);
        Assert.Equal(PointPattern.Everything.Resolve(2).Select(point => point.ToString()), root.GetProperty("points").EnumerateArray().Select(point => point.GetString()));
        Assert.Equal((TinyFolder.Hidden, TinyFolder.Intermediate), (root.GetProperty("widths").GetProperty("resid_post").GetInt32(), root.GetProperty("widths").GetProperty("mlp_act").GetInt32()));
        foreach (var hash in root.GetProperty("sha256").EnumerateObject()) Assert.Equal(Fingerprint.Sha256(Path.Combine(Target, hash.Name)), hash.Value.GetString());
        Assert.True(root.GetProperty("sha256").TryGetProperty("model.onnx", out _));
    }

    [Theory, InlineData("qwen3-tied"), InlineData("qwen2"), InlineData("llama3-rope"), InlineData("llama-tied"), InlineData("gemma2"), InlineData("gemma3")]
    public void Genai_config_says_what_genais_own_builder_says(string model)
    {
        string folder = SharedData.Require("models", "tiny-random", model);
        ModelExporter.Export(folder, Target);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "genai-fp32", "genai_config.json")));
        using var actual = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Target, "genai_config.json")));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), $"{actual.RootElement}");
    }

    [Fact]
    public void A_family_that_genai_does_not_know_goes_in_as_a_decoder_and_is_noted()
    {
        var result = ModelExporter.Export(SharedData.Require("models", "tiny-random", "glm4"), Target);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Target, "genai_config.json")));
        Assert.Equal("decoder", json.RootElement.GetProperty("model").GetProperty("type").GetString());
        Assert.Contains("glm4", Assert.Single(result.Notes));
    }

    [Theory, InlineData("model.onnx"), InlineData("config.json"), InlineData("model.safetensors"), InlineData("roast.json")]
    public void A_file_that_exists_is_replaced_only_when_asked(string name)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, name), "mine");
        File.WriteAllText(Path.Combine(Target, "other"), "mine");
        var error = Assert.Throws<RoastException>(() => ModelExporter.Export(_source.Path, Target));
        Assert.Equal(RoastError.CannotWrite, error.Kind);
        Assert.Contains(name, error.Message);
        Assert.Equal(new[] { name, "other" }.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        ModelExporter.Export(_source.Path, Target, overwrite: true);
        Assert.NotEqual("mine", File.ReadAllText(Path.Combine(Target, name)));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "other")));
    }

    [Fact]
    public void The_same_export_again_gives_the_same_folder()
    {
        ModelExporter.Export(_source.Path, Target);
        var before = Directory.GetFileSystemEntries(Target).Order().ToDictionary(path => path, File.ReadAllBytes);
        ModelExporter.Export(_source.Path, Target, overwrite: true);
        Assert.Equal(before.Keys, Directory.GetFileSystemEntries(Target).Order());
        foreach (var (path, bytes) in before) Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_failed_or_cancelled_export_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => ModelExporter.Export(_source.Path, Target, new ExportOptions { Precision = Precision.Int4 }, cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => ModelExporter.Export(_source.Path, _source.Path, cancellationToken: cancelled.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFileSystemEntries(_source.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        byte[] bytes = File.ReadAllBytes(_source.File("model.safetensors"));
        bytes.AsSpan(8 + BitConverter.ToInt32(bytes)).Fill(0xFF);           // NaN in every weight
        File.WriteAllBytes(_source.File("model.safetensors"), bytes);
        foreach (var precision in new[] { Precision.Int4, Precision.Float16 })
            Assert.Equal(RoastError.NotFinite, Assert.Throws<RoastException>(() => ModelExporter.Export(_source.Path, Target, new ExportOptions { Precision = precision })).Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void What_cannot_be_read_or_written_is_said_before_anything_is_made()
    {
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => ModelExporter.Export(Path.Combine(_parent, "absent"), Target)).Kind);
        Assert.Equal(RoastError.CannotWrite, Assert.Throws<RoastException>(() => ModelExporter.Export(_source.Path, Path.Combine(_parent, "no", "out"))).Kind);
        File.WriteAllText(Target, "");
        Assert.Contains("is a file", Assert.Throws<RoastException>(() => ModelExporter.Export(_source.Path, Target)).Message);
    }

    [Fact]
    public void Shards_are_linked_each()
    {
        File.Delete(_source.File("model.safetensors"));
        _source.WriteSharded(name => name.Contains("layers.1.") ? "b.safetensors" : "a.safetensors");
        var result = ModelExporter.Export(_source.Path, Target);
        Assert.Equal(["a.safetensors", "b.safetensors"], result.Files.Where(file => file.Origin == FileOrigin.Linked).Select(file => file.Name));
        Assert.StartsWith("shards-sha256:", result.WeightsFingerprint);
        ModelGraph.Load(Path.Combine(Target, "model.onnx"));
    }

    [Theory, InlineData(Precision.Int4), InlineData(Precision.Float16)]
    public void Other_precisions_need_no_file_of_the_source_and_a_graph_alone_refuses_int4_and_holds_float16(Precision precision)
    {
        var options = new ExportOptions { Precision = precision };
        var result = ModelExporter.Export(_source.Path, Target, options);
        Assert.False(File.Exists(Path.Combine(Target, "model.safetensors")));
        Assert.Equal(FileOrigin.Written, result.Files.Single(file => file.Name == "model.onnx.data").Origin);
        if (precision == Precision.Int4) Assert.Contains(nameof(ModelExporter), Assert.Throws<ArgumentException>(() => ModelGraph.FromHuggingFace(_source.Path, options)).Message);
        else
        {
            var graph = ModelGraph.FromHuggingFace(_source.Path, options);
            using var held = new MemoryStream();
            graph.HeldFile!.Write(held);
            Assert.Equal(File.ReadAllBytes(Path.Combine(Target, "model.onnx.data")), held.ToArray());
            Assert.Equal(held.Length, graph.HeldFile.Bytes);
            Assert.Equal([Path.Combine(Path.GetFullPath(_source.Path), "model.safetensors")], graph.WeightsFiles);
            Assert.True(graph.ComputesInFloat16);
            Assert.Throws<InvalidOperationException>(() => graph.Save(Path.Combine(_source.Path, "model.onnx")));
        }
        Assert.Null(ModelGraph.Load(Path.Combine(Target, "model.onnx")).RunObstacle);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_int4_graph_multiplies_blocks_and_keeps_embedding_and_head(bool asymmetric)
    {
        _source.Config["tie_word_embeddings"] = false;
        _source.Add("lm_head.weight", TinyFolder.Vocabulary, TinyFolder.Hidden);
        ModelExporter.Export(_source.Write().Path, Target, new ExportOptions { Precision = Precision.Int4, Asymmetric = asymmetric, AccuracyLevel = 4 });
        var graph = OnnxFile.Read(Path.Combine(Target, "model.onnx")).Graph;
        var products = graph.Node.Where(node => node.OpType == "MatMulNBits").ToArray();
        Assert.Equal(7 * TinyFolder.Layers, products.Length);
        Assert.All(products, node => Assert.Equal(asymmetric ? 4 : 3, node.Input.Count));
        Assert.All(products, node => Assert.Equal(4, node.Attribute.Single(x => x.Name == "accuracy_level").I));
        Assert.Equal("/lm_head", Assert.Single(graph.Node, node => node.OpType == "FusedMatMul").Name);
        foreach (string name in new[] { "model.embed_tokens.weight", "lm_head.weight" }) Assert.Equal(Tensors.Float16, graph.Initializer.Single(tensor => tensor.Name == name).DataType);
        // gate_proj [48, 32] has one block an output; down_proj [32, 48] has two, the second half full.
        Assert.Equal([TinyFolder.Intermediate, 1, 16], graph.Initializer.Single(tensor => tensor.Name == "model.layers.0.mlp.gate_proj.weight.q4").Dims);
        Assert.Equal([TinyFolder.Hidden, 2, 16], graph.Initializer.Single(tensor => tensor.Name == "model.layers.0.mlp.down_proj.weight.q4").Dims);
        ExternalData.Check(graph, Target, "model.onnx");
    }

    [Theory, InlineData("F16", "model.safetensors"), InlineData("BF16", "model.onnx.data")]
    public void Float16_weights_are_used_where_they_lie_and_others_are_converted(string type, string location)
    {
        foreach (string name in _source.Tensors.Keys.ToArray()) _source.Tensors[name] = (type, _source.Tensors[name].Shape);
        ModelExporter.Export(_source.Write().Path, Target, new ExportOptions { Precision = Precision.Float16 });
        var graph = OnnxFile.Read(Path.Combine(Target, "model.onnx")).Graph;
        foreach (var tensor in graph.Initializer.Where(ExternalData.IsExternal)) Assert.Equal((location, Tensors.Float16), (ExternalData.Location(tensor), tensor.DataType));
        Assert.DoesNotContain(graph.Node, node => node.OpType == "Cast" && node.Attribute[0].I == Tensors.Float);
        Assert.Equal(Tensors.Float16, graph.Input.Single(input => input.Name == GraphNames.PastKey(0)).Type.TensorType.ElemType);
    }
}
