using System.Text;

namespace Roast.Text;

/// <summary>
/// A model's tokenizer: text to token ids and back, as Hugging Face's tokenizers does it with add_special_tokens off.
/// Byte-level BPE (Qwen, SmolLM2, GPT-2, Llama 3, GLM-4) and SentencePiece's BPE (Gemma, Llama 2). Safe for use from several threads.
/// </summary>
public sealed partial class TextTokenizer
{
    readonly BpeModel _model;
    readonly ITextNormalizer? _normalizer;
    readonly PreTokenizerParts _splitting;
    readonly TokenDecoder _decoder;
    readonly SpecialFrame _frame;
    readonly AddedTokens _allAdded, _ordinaryAdded;
    readonly Dictionary<string, AddedToken> _added = new(StringComparer.Ordinal);
    readonly byte[]?[] _bytes;
    readonly string?[] _texts;
    readonly bool[] _special;
    readonly string _source;

    /// <summary>One more than the highest id that stands for a token.</summary>
    public int VocabularySize => _bytes.Length;

    /// <summary>Ids below this may come out of the model: <see cref="VocabularySize"/>, or more where the model's vocabulary is padded.</summary>
    public int ModelVocabularySize { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of tokenizer.json; of vocab.json followed by merges.txt where those stand for it.</summary>
    public string Hash { get; }

    /// <summary>The text of the token that ends an answer; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? EosToken { get; }

    /// <summary>The text of the token that begins a sequence; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? BosToken { get; }

    /// <summary>The text of the token that fills rows; <c>null</c> where tokenizer_config.json names none.</summary>
    public string? PadToken { get; }

    /// <summary>The id of a token, added or of the vocabulary; <c>null</c> where there is no such token.</summary>
    /// <param name="token">The token as tokenizer.json writes it: <c>&lt;|im_end|&gt;</c>, <c>Ġthe</c>.</param>
    public int? TokenId(string token) =>
        _added.TryGetValue(token, out var added) ? added.Id : _model.Vocabulary.TryGetValue(token, out int id) ? id : null;

    /// <summary>A token as tokenizer.json writes it; <c>null</c> where the id stands for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative or not below <see cref="ModelVocabularySize"/>.</exception>
    public string? TokenText(int id) => RequireId(id) < _texts.Length ? _texts[id] : null;

    /// <summary>Whether the id is that of a special token: one that <see cref="Decode"/> leaves out on request.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative or not below <see cref="ModelVocabularySize"/>.</exception>
    public bool IsSpecial(int id) => RequireId(id) < _special.Length && _special[id];

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text; half a surrogate pair is taken as U+FFFD.</param>
    /// <param name="tokens">What becomes of added tokens in the text. The default is the safe one.</param>
    /// <param name="addSpecial">Put in front and behind what the file's post_processor says, such as the begin token. Templates write their own.</param>
    /// <returns>[tokens] ids.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the tokenizer's pattern takes too long on this text, or special tokens are asked for and its post_processor is not known.</exception>
    public int[] Encode(ReadOnlySpan<char> text, ControlTokens tokens = ControlTokens.Plain, bool addSpecial = false)
    {
        var ids = new List<int>(text.Length / 4 + 8);
        if (addSpecial) ids.AddRange(RequireFrame().Before);
        EncodeAround(text, tokens switch { ControlTokens.Plain => null, ControlTokens.Parse => _allAdded, _ => _ordinaryAdded }, [], ids);
        if (addSpecial) ids.AddRange(_frame.After);
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

    void EncodeAround(ReadOnlySpan<char> text, AddedTokens? added, IReadOnlyList<Segment> foreign, List<int> ids)
    {
        (int position, int part) = (0, 0);
        while (added?.InText.Find(text, position, out var found) is { } token)
        {
            Between(text, position, found.Start);
            if (Touches(found.Start, found.End, text)) EncodeText(text[found.Start..found.End], null, isFirst: found.Start == 0, ids);
            else ids.Add(token.Id);
            position = found.End;
        }
        Between(text, position, text.Length);

        // Where normalized text is searched, positions are lost; so a part with something foreign in it is not searched at all.
        void Between(ReadOnlySpan<char> all, int start, int end) => EncodeText(all[start..end], Touches(start, end, all) ? null : added, isFirst: start == 0, ids);

        bool Touches(int start, int end, ReadOnlySpan<char> all)
        {
            while (part < foreign.Count && foreign[part].End <= start) part++;
            return part < foreign.Count && foreign[part].Start < end;
        }
    }

    /// <summary>A text without the added tokens that are searched as they stand: normalized, then cut at those that are searched in normalized text.</summary>
    void EncodeText(ReadOnlySpan<char> text, AddedTokens? added, bool isFirst, List<int> ids)
    {
        if (text.IsEmpty) return;
        if (text.ContainsAnyInRange('\uD800', '\uDFFF')) text = WellFormed(text);
        if (_normalizer?.Normalize(text, isFirst) is { } normal) text = normal;
        int position = 0;
        while (added?.InNormalText.Find(text, position, out var found) is { } token)
        {
            EncodePieces(text[position..found.Start], isFirst && position == 0, ids);
            ids.Add(token.Id);
            position = found.End;
        }
        EncodePieces(text[position..], isFirst && position == 0, ids);
    }

    void EncodePieces(ReadOnlySpan<char> text, bool isFirst, List<int> ids)
    {
        if (text.IsEmpty) return;
        if (_splitting.Prepare?.Normalize(text, isFirst) is { } prepared) text = prepared;
        foreach (var piece in _splitting.Pipeline.Split(text)) _model.Encode(text[piece.Start..piece.End], ids);
    }

    SpecialFrame RequireFrame() => _frame.Unknown is null ? _frame
        : throw Throw.UnsupportedTokenizer(_source, $"the post_processor '{_frame.Unknown}', which is needed where special tokens are asked for,", "TemplateProcessing, BertProcessing and RobertaProcessing");

    /// <summary>Half a pair has no UTF-8, and Python cannot even pass it on. U+FFFD says that something was there.</summary>
    static string WellFormed(ReadOnlySpan<char> text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));

    int RequireId(int id) => id >= 0 && id < ModelVocabularySize
        ? id
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The model's vocabulary has the ids 0 to {ModelVocabularySize - 1}.");
}
