using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>inspect</c> shows to people. Names come from files: nothing of them is read as markup.</summary>
internal static class InspectTables
{
    const int MostMetadata = 400;                           // characters of one value; question hashes are long lists

    public static void Model(ModelResult x, IAnsiConsole console)
    {
        var table = Pairs();
        Add(table, "model", x.Path);
        Add(table, "family", x.Family);
        Add(table, "sizes", $"{x.Layers} layers, hidden {x.HiddenSize}, intermediate {x.IntermediateSize}, {x.Heads} heads, {x.KeyValueHeads} key-value heads of {x.HeadSize}");
        Add(table, "context", $"{x.MaxPositions} tokens, vocabulary {x.Vocabulary}");
        Add(table, "weights", (x.Parameters > 0 ? Count(x.Parameters) + " parameters, " : "") + Count(x.WeightBytes) + " bytes");
        foreach (var site in x.Points.GroupBy(point => point.Point.Split('.')[0]))
            Add(table, "points", $"{site.Key}.{site.First().Point.Split('.')[1]}..{site.Last().Point.Split('.')[1]}, width {site.First().Width}");
        Add(table, "tokenizer", x.TokenizerVocabulary is { } tokens ? $"{tokens} tokens, {(x.ChatTemplate ? "with" : "without")} chat template" : x.TokenizerProblem ?? "none: the model takes token ids only");
        Add(table, "end tokens", x.EndTokens.Count > 0 ? string.Join(", ", x.EndTokens) : "none");
        if (x.Graph.PointsFoundByStructure) Add(table, "", "found by structure: the graph does not say where they are");
        Add(table, "runs here", x.RunObstacle is { } obstacle ? $"no: {obstacle}" : "yes");
        AddGraph(table, x.Graph);
        console.Write(table);
    }

    public static void Graph(GraphResult x, IAnsiConsole console)
    {
        var table = Pairs();
        Add(table, "graph", x.Path ?? "");
        Add(table, "producer", x.Producer);
        AddGraph(table, x);
        foreach (string input in x.Inputs) Add(table, "input", input);
        foreach (string output in x.Outputs) Add(table, "output", output);
        Add(table, "points", x.Points.Length > 0 ? $"{string.Join(", ", x.Points)}{(x.PointsFoundByStructure ? "; found by structure" : "")}" : $"none: {x.PointsProblem ?? "Roast cannot steer this graph on demand"}");
        console.Write(table);
    }

    public static void Vector(VectorResult x, IAnsiConsole console)
    {
        var points = new Table().Border(TableBorder.Simple).AddColumn("point");
        foreach (string column in (string[])["width", "norm", "mean activation norm"]) points.AddColumn(new TableColumn(column).RightAligned());
        foreach (var point in x.Points) points.AddRow(point.Point, Count(point.Width), Optional(point.Norm), Optional(point.MeanActivationNorm));
        console.Write(points);
        foreach (string note in x.Notes) StudyTables.Line(console, note);
        if (x.Provenance is not { } story)
        {
            StudyTables.Line(console, $"{x.Path}: says nothing about where it came from.");
            return;
        }
        var table = Pairs();
        Add(table, "vector", $"{x.Path} ({x.Format})");
        Add(table, "fitted", $"{story.Method ?? "unknown method"}, {story.Scaling ?? "unknown scaling"}, pool {story.Pool ?? "unknown"}, {story.Questions} questions");
        if (story.Model is { } model) Add(table, "model", $"{model.Family}, {model.Layers} layers, hidden {model.HiddenSize}, intermediate {model.IntermediateSize}, weights {model.WeightsFingerprint ?? "unknown"}");
        if (story.Rollouts is { } rollouts) Add(table, "rollouts", string.Create(CultureInfo.InvariantCulture, $"{rollouts.PerQuestion} a question, temperature {rollouts.Temperature}, top-p {rollouts.TopP}, at most {rollouts.MaxTokens} tokens, seed {rollouts.Seed}"));
        if (story.Counts is { } counts) Add(table, "counts", $"mixed {counts.Mixed}, re-read {counts.Reread}, known wrong {counts.KnownWrong}, skipped {counts.Skipped}, degenerate {counts.Degenerate}");
        if (story.RecommendedStrength is { } strength) Add(table, "recommended", $"strength {StudyTables.Number(strength)}{(story.RecommendedRelative == true ? " (relative)" : "")}, scope {story.RecommendedScope ?? "last"}");
        if (story.RecommendedPoints is { Length: > 0 } some) Add(table, "recommended points", string.Join(", ", some));
        foreach (var (name, accuracy) in story.Results) Add(table, name, $"{accuracy.Correct} of {accuracy.Total}, {Percent.Of(accuracy.Accuracy)}");
        foreach (var (key, value) in story.Extra) Add(table, key, Shortened(value));
        console.Write(table);
    }

    public static void File(TensorsResult x, IAnsiConsole console)
    {
        console.Write(Tensors(x.Tensors));
        var table = Pairs();
        Add(table, "file", $"{x.Path}: {x.Tensors.Length} tensors, {Count(x.Tensors.Sum(tensor => tensor.Bytes))} bytes");
        foreach (var (key, value) in x.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Add(table, key, Shortened(value));
        console.Write(table);
    }

    public static Table Tensors(TensorResult[] tensors)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("tensor").AddColumn("type").AddColumn("shape").AddColumn(new TableColumn("bytes").RightAligned());
        foreach (var tensor in tensors) table.AddRow(Markup.Escape(tensor.Name), tensor.Type, Markup.Escape($"[{string.Join(", ", tensor.Shape)}]"), Count(tensor.Bytes));
        return table;
    }

    static void AddGraph(Table table, GraphResult graph)
    {
        Add(table, "opset", string.Join(", ", graph.Opsets.Select(pair => $"{pair.Key} {pair.Value}")));
        Add(table, "nodes", $"{graph.Nodes.Values.Sum()}: {string.Join(", ", graph.Nodes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Add(table, "keys, values", KeyValues(graph.KeyValues));
        Add(table, "quantization", graph.Quantization.Length > 0 ? string.Join("; ", graph.Quantization.Select(kind => $"{kind.Count} {kind.Operator} of {kind.Bits} bits, block {kind.BlockSize}, accuracy level {kind.AccuracyLevel}")) : "none");
        Add(table, "taps", graph.Taps.Length > 0 ? string.Join(", ", graph.Taps) : "none");
        Add(table, "ports", graph.Ports.Length > 0 ? string.Join(", ", graph.Ports) : "none");
        Add(table, "providers", string.Join(", ", graph.ExecutionProviders));
        Add(table, "bytes", $"graph {Count(graph.GraphBytes)}, external weights {Count(graph.ExternalBytes)}{(graph.QuantizedProducts > 0 ? $", {graph.QuantizedProducts} quantized products" : "")}");
    }

    static string KeyValues(KeyValueResult? form) => form is null ? "none" : $"{(form.Shared ? "shared: past and present may be one buffer" : "separate: present is longer than past")}, {form.Type} [{string.Join(", ", form.Shape)}], {form.Layers} layers";

    static Table Pairs() => new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");

    static void Add(Table table, string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));

    static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    static string Optional(double? value) => value is { } number ? StudyTables.Number(number) : "";

    static string Shortened(string value) => value.Length <= MostMetadata ? value : $"{value[..MostMetadata]}... ({value.Length} characters)";
}
