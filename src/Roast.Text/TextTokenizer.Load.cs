using System.Security.Cryptography;
using System.Text.Json;

namespace Roast.Text;

public sealed partial class TextTokenizer
{
    /// <summary>Largest config.json that is read for the size of the model's vocabulary.</summary>
    internal const int MaxConfigBytes = 4 * 1024 * 1024;

    TextTokenizer(TokenizerFile file, TokenizerConfig config, string source, string hash, int modelVocabularySize)
    {
        (_model, _normalizer, _splitting, _decoder, _frame, _source) = (file.Model, file.Normalizer, file.Splitting, file.Decoder, file.Frame, source);
        (EosToken, BosToken, PadToken, Hash) = (config.Eos, config.Bos, config.Pad, hash);
        foreach (var token in file.Added) _added[token.Content] = token;
        (_allAdded, _ordinaryAdded) = (new AddedTokens(_added.Values, _normalizer), new AddedTokens(_added.Values.Where(token => !token.IsSpecial), _normalizer));
        int size = 1 + Math.Max(_model.Vocabulary.Values.DefaultIfEmpty(-1).Max(), _added.Values.Select(token => token.Id).DefaultIfEmpty(-1).Max());
        (_bytes, _texts, _special) = (new byte[]?[size], new string?[size], new bool[size]);
        foreach (var (token, id) in _model.Vocabulary) (_bytes[id], _texts[id]) = (_decoder.Bytes(token), token);
        foreach (var token in _added.Values) (_bytes[token.Id], _texts[token.Id], _special[token.Id]) = (_decoder.AddedBytes(token.Content), token.Content, token.IsSpecial);
        ModelVocabularySize = Math.Max(size, modelVocabularySize);
    }

    /// <summary>Whether a folder has a tokenizer: a tokenizer.json, or vocab.json with merges.txt.</summary>
    /// <param name="folder">A model folder.</param>
    public static bool IsIn(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return File.Exists(Path.Combine(folder, TokenizerFile.FileName)) || Gpt2Files.AreIn(folder);
    }

    /// <summary>
    /// Reads tokenizer.json from a model folder (or GPT-2's vocab.json and merges.txt), the names of the begin, end and pad tokens from tokenizer_config.json,
    /// and the size of the model's vocabulary from config.json or genai_config.json, where they are there.
    /// </summary>
    /// <param name="folder">A Hugging Face or GenAI model folder, or a tokenizer.json of any name; the other files are read beside it.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.NotFound"/>: no folder or no tokenizer.json. <see cref="RoastError.BadFile"/>: damaged, or larger than
    /// 128 MiB. <see cref="RoastError.Unsupported"/>: not BPE, or a part that this version does not know; the message names it.
    /// </exception>
    public static TextTokenizer Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string? file = File.Exists(folder) ? folder : null;
        if (file is not null) folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        else if (Gpt2Files.AreIn(folder))
        {
            var (old, all) = Gpt2Files.Read(folder);
            return new TextTokenizer(old, TokenizerConfig.Read(folder), Path.Combine(folder, Gpt2Files.Vocabulary), Convert.ToHexStringLower(SHA256.HashData(all)), ReadVocabularySize(folder));
        }
        string path = file ?? Path.Combine(folder, TokenizerFile.FileName);
        byte[] bytes = Json.ReadBytes(path, TokenizerFile.MaxBytes, "Name a model folder with a tokenizer.json, such as models/two-annotators.");
        return new TextTokenizer(TokenizerFile.Read(path, bytes), TokenizerConfig.Read(folder), path, Convert.ToHexStringLower(SHA256.HashData(bytes)), ReadVocabularySize(folder));
    }

    /// <summary>Reads the files of a tokenizer from memory.</summary>
    /// <param name="files">tokenizer.json and tokenizer_config.json.</param>
    /// <param name="file">Where they come from, for messages.</param>
    /// <param name="modelVocabularySize">Ids below this may come out of the model; 0: those of the tokenizer.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadFile"/> or <see cref="RoastError.Unsupported"/>, as for a folder.</exception>
    public static TextTokenizer Load(TokenizerFiles files, string file, int modelVocabularySize = 0)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new TextTokenizer(TokenizerFile.Read(file, files.Tokenizer), TokenizerConfig.Parse(file, files.Config), file, Convert.ToHexStringLower(SHA256.HashData(files.Tokenizer)), modelVocabularySize);
    }

    static int ReadVocabularySize(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) path = Path.Combine(folder, "genai_config.json");       // folders of GenAI's own builder have no other
        if (!File.Exists(path)) return 0;
        return Json.Parse(path, Json.ReadBytes(path, MaxConfigBytes, "Fetch the model again."), root =>
        {
            var size = Json.Get(root, "vocab_size");
            if (size.ValueKind == JsonValueKind.Undefined) size = Json.Get(Json.Get(root, "text_config"), "vocab_size");   // models that also see
            if (size.ValueKind == JsonValueKind.Undefined) size = Json.Get(Json.Get(root, "model"), "vocab_size");         // GenAI's
            if (size.ValueKind == JsonValueKind.Undefined) return 0;
            return size.TryGetInt32(out int value) && value is >= 0 and <= TokenizerFile.MaxId
                ? value
                : throw Throw.BadFile(path, $"vocab_size is {size.GetRawText()}, and a number from 0 to {TokenizerFile.MaxId} was expected", "fetch the file again");
        });
    }
}
