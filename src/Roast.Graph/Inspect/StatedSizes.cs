using System.Text.Json;
using Roast.Graph.Export;

namespace Roast.Graph.Inspect;

/// <summary>What a folder's genai_config.json or config.json says of its model; <c>null</c> for what it does not say.</summary>
internal sealed record StatedSizes
{
    public const string GenAIFile = "genai_config.json";

    public required string File { get; init; }
    public string? Family { get; init; }
    public int? Layers { get; init; }
    public int? HiddenSize { get; init; }
    public int? IntermediateSize { get; init; }
    public int? Heads { get; init; }
    public int? KeyValueHeads { get; init; }
    public int? HeadSize { get; init; }
    public int? Vocabulary { get; init; }
    public int? Context { get; init; }
    public double? RopeTheta { get; init; }
    public bool? TiedHead { get; init; }
    public int[] EndTokens { get; init; } = [];

    /// <summary>Everything that the folder says: config.json first, then genai_config.json.</summary>
    /// <exception cref="RoastException">BadFile: a file that is no JSON object, or a field out of range.</exception>
    public static List<StatedSizes> Read(string folder)
    {
        var all = new List<StatedSizes>();
        if (Parse(Path.Combine(folder, HfConfig.FileName), Hf) is { } config) all.Add(config);
        if (Parse(Path.Combine(folder, GenAIFile), GenAI) is { } genai) all.Add(genai);
        return all;
    }

    /// <summary>The end tokens of generation_config.json, else of the files above, genai_config.json first: GenAI stops there.</summary>
    public static int[] ReadEndTokens(string folder, IReadOnlyList<StatedSizes> stated)
    {
        int[] ends = Parse(Path.Combine(folder, "generation_config.json"), reader => reader.Integers("eos_token_id", 0, DecoderConfig.MaxVocabulary)) ?? [];
        return ends.Length > 0 ? ends : stated.Reverse().Select(x => x.EndTokens).FirstOrDefault(x => x.Length > 0) ?? [];
    }

    static StatedSizes Hf(ConfigReader config) => new()
    {
        File = config.File,
        Family = config.OptionalText("model_type"),
        Layers = config.OptionalInteger("num_hidden_layers", 1, DecoderConfig.MaxLayers),
        HiddenSize = config.OptionalInteger("hidden_size", 1, DecoderConfig.MaxWidth),
        IntermediateSize = config.OptionalInteger("intermediate_size", 1, DecoderConfig.MaxWidth),
        Heads = config.OptionalInteger("num_attention_heads", 1, DecoderConfig.MaxHeads),
        KeyValueHeads = config.OptionalInteger("num_key_value_heads", 1, DecoderConfig.MaxHeads),
        HeadSize = config.OptionalInteger("head_dim", 1, DecoderConfig.MaxHeadSize),
        Context = config.OptionalInteger("max_position_embeddings", 1, DecoderConfig.MaxContext),
        RopeTheta = config.OptionalObject("rope_parameters")?.OptionalReal("rope_theta", 0, double.MaxValue) ?? config.OptionalReal("rope_theta", 0, double.MaxValue),
        TiedHead = config.OptionalFlag("tie_word_embeddings"),
        Vocabulary = config.OptionalInteger("vocab_size", 1, DecoderConfig.MaxVocabulary),
        EndTokens = config.Integers("eos_token_id", 0, DecoderConfig.MaxVocabulary),
    };

    static StatedSizes GenAI(ConfigReader config)
    {
        var model = config.OptionalObject("model");
        var decoder = model?.OptionalObject("decoder");
        return new StatedSizes
        {
            File = config.File,
            Family = model?.OptionalText("type"),
            Layers = decoder?.OptionalInteger("num_hidden_layers", 1, DecoderConfig.MaxLayers),
            HiddenSize = decoder?.OptionalInteger("hidden_size", 1, DecoderConfig.MaxWidth),
            Heads = decoder?.OptionalInteger("num_attention_heads", 1, DecoderConfig.MaxHeads),
            KeyValueHeads = decoder?.OptionalInteger("num_key_value_heads", 1, DecoderConfig.MaxHeads),
            HeadSize = decoder?.OptionalInteger("head_size", 1, DecoderConfig.MaxHeadSize),
            Vocabulary = model?.OptionalInteger("vocab_size", 1, DecoderConfig.MaxVocabulary),
            Context = model?.OptionalInteger("context_length", 1, DecoderConfig.MaxContext),
            EndTokens = model?.Integers("eos_token_id", 0, DecoderConfig.MaxVocabulary) ?? [],
        };
    }

    static T? Parse<T>(string path, Func<ConfigReader, T> read) where T : class
    {
        if (!System.IO.File.Exists(path)) return null;
        try
        {
            if (new FileInfo(path).Length > HfConfig.MaxBytes)
                throw new RoastException(RoastError.BadFile, $"{path}: has {new FileInfo(path).Length} bytes; a config file of at most {HfConfig.MaxBytes} is read. It is not the config of a model.");
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(new ConfigReader(document.RootElement, path))
                : throw new RoastException(RoastError.BadFile, $"{path}: holds a JSON {document.RootElement.ValueKind}; expected an object. Fetch the model's files again.");
        }
        // InvalidOperationException: a string with half a surrogate pair is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RoastException(RoastError.BadFile, $"{path}: is not JSON: {e.Message} Fetch the model's files again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path}: cannot be read: {e.Message} Check that you may read it.", e);
        }
    }
}
