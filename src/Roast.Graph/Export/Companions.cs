using Roast.Files;

namespace Roast.Graph.Export;

/// <summary>The small files that make a folder a model: tokenizer, template and configuration.</summary>
internal static class Companions
{
    static readonly string[] Names =
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja",
    ];

    /// <summary>Those that a folder has: name -> who writes the content.</summary>
    public static IReadOnlyDictionary<string, Action<Stream>> Of(string folder) => Names.Where(name => File.Exists(Path.Combine(folder, name)))
        .ToDictionary(name => name, name => (Action<Stream>)(stream =>
        {
            using var file = InputFile.Open(Path.Combine(folder, name));
            file.CopyTo(stream);
        }));
}
