using System.Text.Json;

namespace Roast.Graph.Export;

/// <summary>Reads a model's shape from the config.json of a Hugging Face folder, in both spellings of the rotary parameters.</summary>
public static class HfConfig
{
    /// <summary>Largest config.json or generation_config.json that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "config.json";

    const string GenerationFile = "generation_config.json";

    /// <summary>Reads config.json, and the end tokens of generation_config.json where that file names some.</summary>
    /// <param name="folder">A Hugging Face model folder.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: no config.json. <see cref="RoastError.BadFile"/>: damaged, too large, or a field out of range.
    /// <see cref="RoastError.Unsupported"/>: a family or a variant of one that this version does not know.
    /// </exception>
    public static ModelShape Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new RoastException(RoastError.NotFound, $"{path} does not exist. A Hugging Face model folder has config.json, model.safetensors and tokenizer.json: check the path.");
        var shape = Parse(ReadBounded(path), path);
        string generation = Path.Combine(folder, GenerationFile);
        if (!File.Exists(generation)) return shape;
        var ends = Parse(ReadBounded(generation), generation, reader => reader.Integers("eos_token_id", 0, shape.VocabularySize - 1));
        return ends.Length == 0 ? shape : shape with { EndTokenIds = ends };
    }

    /// <summary>The begin and padding tokens, of generation_config.json where that names them, else of config.json.</summary>
    internal static SpecialTokens ReadSpecialTokens(string folder)
    {
        var (begin, padding) = ((int?)null, (int?)null);
        foreach (string file in new[] { GenerationFile, FileName }.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            (begin, padding) = Parse(ReadBounded(file), file, reader => (begin ?? Id(reader, "bos_token_id"), padding ?? Id(reader, "pad_token_id")));
        return new SpecialTokens(begin, padding);

        // -1 is an old way to say none.
        static int? Id(ConfigReader reader, string field) => reader.OptionalInteger(field, -1, DecoderConfig.MaxVocabulary) is { } id && id >= 0 ? id : null;
    }

    /// <summary>Reads the shape from JSON in memory; <paramref name="file"/> names it in messages.</summary>
    internal static ModelShape Parse(ReadOnlyMemory<byte> json, string file) => Parse(json, file, reader =>
    {
        string family = reader.OptionalText("model_type") ?? throw reader.Missing("model_type");
        return Families.Find(family, reader).ReadShape(reader);
    });

    static T Parse<T>(ReadOnlyMemory<byte> json, string file, Func<ConfigReader, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new RoastException(RoastError.BadFile, $"{file}: holds a JSON {document.RootElement.ValueKind}; expected an object. Fetch the model's files again.");
            return read(new ConfigReader(document.RootElement, file));
        }
        // InvalidOperationException: a string with half a surrogate pair is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RoastException(RoastError.BadFile, $"{file}: is not JSON: {e.Message} Fetch the model's files again.", e);
        }
    }

    internal static byte[] ReadBounded(string path, int maxBytes = MaxBytes)
    {
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > maxBytes)
                throw new RoastException(RoastError.BadFile, $"{path}: has {bytes} bytes; a config file of at most {maxBytes} is read. It is not the config of a model.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path}: cannot be read: {e.Message} Check that it exists and that you may read it.", e);
        }
    }
}
