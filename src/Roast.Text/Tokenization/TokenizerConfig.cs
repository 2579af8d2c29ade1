using System.Text.Json;

namespace Roast.Text;

/// <summary>What is read of tokenizer_config.json; every member may be absent.</summary>
internal sealed record TokenizerConfig(string? Bos, string? Eos, string? Pad, string? ChatTemplate, bool HasOtherTemplates)
{
    /// <summary>Largest tokenizer_config.json that is read; the largest known (2,000 added tokens and a template) has 1.2 MB.</summary>
    internal const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The file's name in a model folder.</summary>
    internal const string FileName = "tokenizer_config.json";

    /// <summary>Reads the file of a folder; all members <c>null</c> where the folder has none.</summary>
    internal static TokenizerConfig Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return new TokenizerConfig(null, null, null, null, false);
        return Parse(path, Json.ReadBytes(path, MaxBytes, "Fetch the model again."));
    }

    /// <summary>The <c>tokenizer_class</c> of a folder; <c>null</c> where none is named.</summary>
    internal static string? ClassOf(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Json.Parse(path, Json.ReadBytes(path, MaxBytes, "Fetch the model again."), root => Json.Text(root, "tokenizer_class")) : null;
    }

    /// <summary>Reads the file from memory.</summary>
    internal static TokenizerConfig Parse(string path, byte[] bytes) => Json.Parse(path, bytes, root =>
    {
        var template = Json.Get(root, "chat_template");
        bool named = template.ValueKind == JsonValueKind.Array;
        return new TokenizerConfig(Token(root, "bos_token"), Token(root, "eos_token"), Token(root, "pad_token"),
            named ? Default(template) : Json.Text(root, "chat_template"), named);
    });

    /// <summary>A token is written as its text or as an object with its text in <c>content</c>.</summary>
    static string? Token(JsonElement root, string name) =>
        Json.Get(root, name).ValueKind == JsonValueKind.Object ? Json.Text(Json.Get(root, name), "content") : Json.Text(root, name);

    static string? Default(JsonElement templates)
    {
        foreach (var named in templates.EnumerateArray())
            if (Json.Text(named, "name") == "default") return Json.Text(named, "template");
        return null;
    }
}
