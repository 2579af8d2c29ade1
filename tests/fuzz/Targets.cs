using System.Text;
using Roast.Cli.Reports;
using Roast.Formats;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.Tasks;
using Roast.Text;
using Roast.TestSupport;

namespace Roast.Tests.Fuzz;

/// <summary>Every reader of bytes that come from elsewhere.</summary>
static class Targets
{
    internal static IReadOnlyList<Target> All { get; } =
    [
        new("safetensors", Seeds.Safetensors, ["F32", "BF16", "I64", "\"dtype\":", "\"shape\":[", "\"data_offsets\":[0,", "__metadata__", "{", "}", "\\ud800", "9223372036854775807"], ReadSafetensors) { Repair = HeaderLength },
        new("steering-vector", Seeds.SteeringVectors, ["roast.format", "roast.results", "roast.mean_norms", "\\\"dev\\\":{", "mlp_act.0", "resid_post.9999", "true", "1e39", "[", "]"], bytes => SteeringVectorFormat.Read(new MemoryStream(bytes), "fuzz")) { Repair = HeaderLength },
        new("gguf", Seeds.Gguf, ["general.alignment", "GGUF", "direction.1"], ReadGguf),
        new("gguf-model", Seeds.GgufModels, ["llama.block_count", "tokenizer.ggml.tokens", "tokenizer.ggml.merges", "tokenizer.ggml.scores", "tokenizer.ggml.add_bos_token", "\u2581", "blk.0.attn_q.weight"], ReadGgufModel) { Share = 0.3 },
        new("control-vector", Seeds.ControlVectors, ["direction.", "controlvector.method", "controlvector.easysteer", "roast.provenance", "{\"version\":1,"], ReadVector),
        new("orbit", Seeds.Orbit, ["\"scaling_weights\":{", "\"model.layers.0.mlp.act_fn\":[", "\"roast\":{", "1e39", "[", "]", "{", "}", "\\ud800", "null"], ReadVector),
        new("ds4", Seeds.Ds4, ["\"shape\":[", "\"component\":", "2147483647", "\"format\":\"ds4-directional-steering-v1\""], bytes => ReadVector(bytes, Chosen)),
        new("npz", Seeds.Npz, ["PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "NUMPY", "'descr': '<f8'", "'shape': (2, 3)", "True"], ReadVector),
        new("npy", Seeds.Npy, ["'descr': '<f8'", "'descr': '<f2'", "'shape': (2, 3)", "'fortran_order': True", ", ", "(", ")", "9223372036854775807"], bytes => NpyArray.Parse(bytes, "fuzz")),
        new("adapter", Seeds.Adapters, ["TORT", "roast.port.attn_out.3", "\u0001\u0000\u0000\u0000", "\u000a\u0000\u0000\u0000"], ReadAdapter),
        new("onnx", Seeds.Onnx, ["roast.shape", "roast.point.", "location", "../x", "GroupQueryAttention"], ReadOnnx) { Share = 0.1 },
        new("onnx-summary", Seeds.SmallOnnx, ["roast.tap.", "roast.port.resid_post.1", "location", "length"], bytes => GraphSummary.Of(OnnxFile.Parse(bytes, "fuzz"), bytes.Length)),
        new("tokenizer", Seeds.Tokenizers, ["\"type\":", "\"BPE\"", "\"Split\"", "\"Regex\":", "(?:", "\\\\p{L}", "\"merges\":[", "\"added_tokens\":[", "\\ud800", "2147483647"], ReadTokenizer) { Share = 0.15 },
        new("chat-template", Seeds.Templates, ["{%", "%}", "{{", "}}", "for m in messages", "endfor", "if ", "endif", "set x = ", "| length", "messages", "loop.index0", "namespace(", "~", "'a' * ", "range(", "[-1]", "not ", " is defined"], ReadTemplate) { Share = 0.3 },
        new("config", Seeds.Configs, ["\"rope_scaling\":{", "\"rope_type\":\"llama3\"", "\"model_type\":", "\"num_hidden_layers\":", "1e308", "-1", "null", "\\ud800"], bytes => HfConfig.Parse(bytes, "fuzz")),
        new("tasks", Seeds.Tasks, ["\"prompt\":", "\"answer\":", "\"wrong\":", "\"question\":", "\"choices\":[", "\"label\":", "\"instruction_id_list\":[", "####", "\n", "\\ud800", "\uFEFF"], ReadTasks),
        new("task-tables", Seeds.TaskTables, ["prompt,answer", "\"", "\"\"", "\r\n", "[{", "\"prompt\":", "\\ud800", "\uFEFF", "\t"], ReadTaskTable),
        new("task-parquet", Seeds.TaskParquet, ["PAR1", "snappy", "\u0015\u0000", "\u0015\u0004\u0015", "\u002c\u0015", "\u0003\u0000\u0000\u0000", "\u00ff\u00ff\u00ff\u007f"], ReadTaskParquet) { Repair = FooterLength },
        new("task-definition", Seeds.TaskDefinitions, ["\"name\":", "\"verifier\":", "\"fields\":{", "\"prompt\":\"{text}", "{choices}", "{{", "\"labels\":[[", "\"choice\"", "\"sample\":{", "\\ud800", "null"], ReadTaskDefinition),
        new("spider-sql", Seeds.Sql, ["SELECT ", " FROM ", " WHERE ", " JOIN ", " ON ", " GROUP BY ", " HAVING ", " ORDER BY ", " LIMIT 1", " UNION ", " EXCEPT ", " IN (", "count(*)", "DISTINCT ", "(", ")", ",", "'", "\"", " BETWEEN 1 AND 2", " AS t1", "t1.", "-", "*", "WITH x AS (", "```sql\n", ";"], ReadSql),
        new("spider-tables", Seeds.SqlTables, ["\"db_id\":", "\"table_names_original\":[", "\"column_names_original\":[[0,", "\"foreign_keys\":[[1,", "-1", "2147483648", "null", "[", "]", "\\ud800"], bytes => SpiderSchemas.Read(JsonList.Read(bytes, "fuzz"))),
        new("answers", Seeds.Answers, ["\\frac{", "\\sqrt{", "\\boxed{", "####", "SELECT ", " FROM ", " WHERE ", "(", ")", "{", "}", "^", "'", "10^9", "\\text{"], ReadAnswer),
        new("rollouts", Seeds.Rollouts, ["\"prompt_ids\":[", "\"ids\":[", "\"sample\":", "2147483648", "\n", "\\ud800", "true"], bytes => RolloutFile.Read(new MemoryStream(bytes), "fuzz", 512, 1000)),
        new("report", Seeds.Reports, ["\"kind\": \"eval\"", "\"kind\": \"fit\"", "\"interval\": [", "\"quantiles\": [", "\"points\": [", "null", "1e308", "-1", "[]", "{}", "</script>", "\\ud800", "\\u0000"], ReadReport) { Share = 0.3 },
    ];

    /// <summary>As a page, which is XML whatever its text says.</summary>
    static void ReadReport(byte[] bytes) => System.Xml.Linq.XElement.Parse(ReportPage.Render(ReportContent.Of([ReportFile.OfJson("fuzz", bytes)], ["fuzz"]))["<!DOCTYPE html>\n".Length..]);

    // A safetensors file begins with the length of its JSON.
    static byte[] HeaderLength(byte[] bytes)
    {
        int end = Array.LastIndexOf(bytes, (byte)'}') + 1;
        if (end > sizeof(ulong)) System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes, end - sizeof(ulong));
        return bytes;
    }

    // A Parquet file ends with the length of its footer, which is followed back to its begin.
    static byte[] FooterLength(byte[] bytes)
    {
        const int Tail = 8;
        int begin = bytes.AsSpan().IndexOf(Seeds.ParquetFooterBegin);
        if (begin < 0 || bytes.Length < begin + Tail) return bytes;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - Tail), bytes.Length - Tail - begin);
        "PAR1"u8.CopyTo(bytes);
        "PAR1"u8.CopyTo(bytes.AsSpan(bytes.Length - Tail / 2));
        return bytes;
    }

    static void ReadSafetensors(byte[] bytes)
    {
        var reader = new SafetensorsReader(new MemoryStream(bytes), "fuzz");
        foreach (var entry in reader.Header.Entries)
            if (entry.Type is SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16) reader.ReadFloat32(entry.Name);
    }

    static void ReadGguf(byte[] bytes)
    {
        var reader = new GgufReader(new MemoryStream(bytes), "fuzz");
        foreach (var tensor in reader.Header.Entries)
            if (GgufReader.CanDequantize(tensor.Type)) reader.ReadFloat32(tensor);
    }

    static void ReadGgufModel(byte[] bytes)
    {
        var reader = new GgufReader(new MemoryStream(bytes), "fuzz");
        ModelGraph.FromGguf(reader, "fuzz", new ExportOptions());
        if (GgufTokenizer.Read(reader.Header.Metadata, "fuzz") is not { } files) return;
        TextTokenizer.Load(files, "fuzz").Encode("a b", addSpecial: true);
        ChatTemplate.Load(files, "fuzz");
    }

    // Some options change what is read: both ways are tried.
    static void ReadVector(byte[] bytes) => ReadVector(bytes, bytes.Length % 2 == 0 ? new() : Chosen);

    static VectorImportOptions Chosen => new() { ProjectAsAdd = true, Site = Site.MlpOut, LayerOffset = 1 };

    static void ReadVector(byte[] bytes, VectorImportOptions options)
    {
        var read = VectorFormats.Read(new MemoryStream(bytes), "fuzz.json", options with { OpenSibling = _ => new MemoryStream(new byte[24]) });
        SteeringVectorFormat.Write(Stream.Null, read.Vector);           // whatever is read can be saved
    }

    static void ReadAdapter(byte[] bytes)
    {
        var adapter = OnnxAdapterReader.Read(new MemoryStream(bytes), "fuzz");
        SteeringPack.ToVector(adapter, "fuzz");
    }

    static void ReadOnnx(byte[] bytes)
    {
        var model = OnnxFile.Parse(bytes, "fuzz");
        GraphSummary.Of(model, bytes.Length);
        var graph = ModelGraph.Load(model, Path.Combine(Repository.DefaultModel, "model.onnx"));
        graph.ForPlan(new Plan { Taps = [graph.Points[0]], Ports = [graph.Points[^1]] });
    }

    static void ReadTokenizer(byte[] bytes)
    {
        var tokenizer = TextTokenizer.Load(new TokenizerFiles(bytes, "{}"u8.ToArray()), "fuzz");
        tokenizer.Decode([.. tokenizer.Encode("Ab 12 é<|im_end|>\n")]);
    }

    static void ReadTemplate(byte[] bytes) =>
        ChatTemplate.Parse(Encoding.UTF8.GetString(bytes), "fuzz", "<s>", "</s>").Render([new ChatMessage("system", "x"), new ChatMessage("user", "y {{ z }}")]);

    static void ReadTasks(byte[] bytes) => TaskFormats.All[bytes.Length % TaskFormats.All.Count].FromRows(JsonLines.Read(new MemoryStream(bytes), "fuzz"), "fuzz");

    static void ReadTaskParquet(byte[] bytes) => TaskFormats.All[bytes.Length % TaskFormats.All.Count].FromRows(ParquetRows.Read(bytes, "fuzz"), "fuzz");

    static void ReadTaskDefinition(byte[] bytes)
    {
        using var document = JsonList.Parse(bytes, "fuzz");
        var task = TaskDefinition.Read(document, "fuzz").LoadSample();
        task.Verifier.IsCorrect(task.Questions[0], task.Questions[0].Reference);
    }

    // As a data set's query, which is read or refused, and as a model's answer, which is judged, with a schema and without.
    static void ReadSql(byte[] bytes)
    {
        string sql = Encoding.UTF8.GetString(bytes);
        foreach (var spider in Spider.Value)
        {
            spider.Verifier.IsCorrect(spider.Questions[0], sql);
            spider.Verifier.IsCorrect(spider.Questions[0] with { Answer = sql }, sql);
        }
        using var row = System.Text.Json.JsonDocument.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["db_id"] = "d", ["question"] = "q", ["query"] = sql }));
        TaskFormats.Get("spider").FromRows([new TaskRow("fuzz", 1, "row", row.RootElement.Clone())], "fuzz");
    }

    static readonly Lazy<RoastTask[]> Spider = new(() => [TaskFormats.Get("spider").LoadSample(), RoastTask.Load("spider", Repository.Path("tests", "data", "tasks", "spider", "dev.json"))]);

    // What a model wrote, as every task's verifier reads it.
    static void ReadAnswer(byte[] bytes)
    {
        var (questions, text) = (Samples.Value, Encoding.UTF8.GetString(bytes));
        var task = questions[bytes.Length % questions.Length];
        task.Verifier.IsCorrect(task.Questions[0], text);
    }

    static readonly Lazy<RoastTask[]> Samples = new(() => [.. TaskFormats.All.Where(format => format.Sample.Length > 0 && format.Name != "spider").Select(format => format.LoadSample())]);

    static void ReadTaskTable(byte[] bytes)
    {
        var rows = bytes.Length % 3 == 0 ? JsonList.Read(bytes, "fuzz") : CsvRows.Read(bytes, "fuzz", bytes.Length % 3 == 1 ? ',' : '\t');
        TaskFormats.Get("exact").FromRows(rows, "fuzz");
    }
}
