using System.Text.Json;
using Roast.TestSupport;
using Roast.Text;

namespace Roast.Tests.Unit.Text;

/// <summary>Golden rows as JSON, and the tokenizers they were made with.</summary>
internal static class Goldens
{
    /// <summary>The rows of a JSONL file.</summary>
    internal static IReadOnlyList<JsonElement> Rows(string path)
    {
        var rows = new List<JsonElement>();
        foreach (string line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            rows.Add(document.RootElement.Clone());
        }
        return rows;
    }

    /// <summary>A folder of tests/data/text: a reduced tokenizer with its rows.</summary>
    internal static string Local(params string[] parts) => Repository.Path(["tests", "data", "text", .. parts]);

    /// <summary>The rows of a file in the shared data.</summary>
    internal static IReadOnlyList<JsonElement> Shared(params string[] parts) => Rows(SharedData.Require(["tokenizers", .. parts]));

    /// <summary>A tokenizer of the shared data.</summary>
    internal static TextTokenizer SharedTokenizer(string name) => TextTokenizer.Load(SharedData.Require("tokenizers", name));

    internal static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    internal static int[] Ids(this JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    internal static bool Has(this JsonElement row, string name) => row.TryGetProperty(name, out _);
}
