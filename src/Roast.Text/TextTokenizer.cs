using System.Text;
using Microsoft.ML.Tokenizers;

namespace Roast.Text;

/// <summary>
/// A model's tokenizer: text to token ids and back, as Hugging Face's tokenizers does it with add_special_tokens off.
/// Byte-level BPE (Qwen, SmolLM2, GPT-2, Llama 3). Safe for use from several threads.
/// </summary>
public sealed partial class TextTokenizer
{
    readonly BpeTokenizer _bpe;
    readonly ITextNormalizer? _normalizer;
    readonly AddedTokenFinder _allAdded, _ordinaryAdded;
    readonly IReadOnlyDictionary<string, int> _vocabulary;
    readonly Dictionary<string, AddedToken> _added = new(StringComparer.Ordinal);
    readonly byte[]?[] _bytes;
    readonly bool[] _special;

    /// <summary>One more than the highest id that stands for a token.</summary>
    public int VocabularySize => _bytes.Length;

    /// <summary>Ids below this may come out of the model: <see cref="VocabularySize"/>, or more where the model's vocabulary is padded.</summary>
    public int ModelVocabularySize { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of tokenizer.json.</summary>
    public string Hash { get; }

    /// <summary>The text of the token that ends an answer; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? EosToken { get; }

    /// <summary>The text of the token that begins a sequence; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? BosToken { get; }

    /// <summary>The text of the token that fills rows; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? PadToken { get; }

    /// <summary>The id of a token, added or of the byte-level vocabulary; <c>null</c> where there is no such token.</summary>
    /// <param name="token">The token as tokenizer.json writes it: <c>&lt;|im_end|&gt;</c>, <c>Ġthe</c>.</param>
    public int? TokenId(string token) =>
        _added.TryGetValue(token, out var added) ? added.Id : _vocabulary.TryGetValue(token, out int id) ? id : null;

    /// <summary>Whether the id is that of a special token: one that <see cref="Decode"/> leaves out on request.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative or not below <see cref="ModelVocabularySize"/>.</exception>
    public bool IsSpecial(int id) => RequireId(id) < _special.Length && _special[id];

    /// <summary>Encodes a text. Nothing is added in front or behind.</summary>
    /// <param name="text">Any text; half a surrogate pair is taken as U+FFFD.</param>
    /// <param name="tokens">What becomes of added tokens in the text. The default is the safe one.</param>
    /// <returns>[tokens] ids.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the tokenizer's pattern takes too long on this text.</exception>
    public int[] Encode(ReadOnlySpan<char> text, ControlTokens tokens = ControlTokens.Plain)
    {
        var ids = new List<int>(text.Length / 4 + 1);
        if (tokens == ControlTokens.Plain) EncodePlain(text, ids);
        else EncodeAround(text, tokens == ControlTokens.Parse ? _allAdded : _ordinaryAdded, [], ids);
        return [.. ids];
    }

    /// <summary>
    /// Encodes a text of which parts came from outside: an added token that touches such a part is taken as text, cut
    /// out all the same. That is transformers' sanitize_control_tokens: the ids of the rest do not depend on the cut.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="foreign">Parts of it in ascending order that do not touch each other.</param>
    internal int[] Encode(ReadOnlySpan<char> text, IReadOnlyList<Segment> foreign)
    {
        var ids = new List<int>(text.Length / 4 + 1);
        EncodeAround(text, _allAdded, foreign, ids);
        return [.. ids];
    }

    void EncodeAround(ReadOnlySpan<char> text, AddedTokenFinder finder, IReadOnlyList<Segment> foreign, List<int> ids)
    {
        (int position, int part) = (0, 0);
        while (finder.Find(text[position..], out int before) is { } token)
        {
            (int start, int end) = (position + before, position + before + token.Content.Length);
            EncodePlain(text[position..start], ids);
            while (part < foreign.Count && foreign[part].End <= start) part++;
            if (part < foreign.Count && foreign[part].Start < end) EncodePlain(text[start..end], ids);
            else ids.Add(token.Id);
            position = end;
        }
        EncodePlain(text[position..], ids);
    }

    void EncodePlain(ReadOnlySpan<char> text, List<int> ids)
    {
        if (text.IsEmpty) return;
        string sound = WellFormed(text);
        if (_normalizer is not null) sound = _normalizer.Normalize(sound);
        ids.AddRange(_bpe.EncodeToIds(sound, considerPreTokenization: true, considerNormalization: false));
    }

    /// <summary>Half a pair has no UTF-8: the library would drop it, Python cannot even pass it on. U+FFFD says that something was there.</summary>
    static string WellFormed(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\uD800', '\uDFFF')
        ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()))
        : text.ToString();

    int RequireId(int id) => id >= 0 && id < ModelVocabularySize
        ? id
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The model's vocabulary has the ids 0 to {ModelVocabularySize - 1}.");
}
