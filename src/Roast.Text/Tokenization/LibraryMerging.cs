using Microsoft.ML.Tokenizers;

namespace Roast.Text;

/// <summary>
/// Plain byte-level BPE by Microsoft.ML.Tokenizers: what it has a way for is its work. It is made at the first piece, since
/// its tables of a large vocabulary take most of a second.
/// </summary>
internal sealed class LibraryMerging
{
    readonly Lazy<BpeTokenizer> _tokenizer;

    /// <param name="vocabulary">Tokens in byte letters.</param>
    /// <param name="merges">By rank.</param>
    internal LibraryMerging(Dictionary<string, int> vocabulary, IReadOnlyList<(int Left, int Right, int Merged)> merges) => _tokenizer = new(() =>
    {
        var names = vocabulary.ToDictionary(token => token.Value, token => token.Key);
        return BpeTokenizer.Create(new BpeOptions(vocabulary) { ByteLevel = true, Merges = merges.Select(merge => $"{names[merge.Left]} {names[merge.Right]}") });
    });

    /// <summary>
    /// Whether the library gives the reference's ids: it has no <c>ignore_merges</c>, writes no unknown token for a byte that
    /// the vocabulary lacks, and refuses a pair that merges twice, where the reference takes one of the two.
    /// </summary>
    internal static bool Fits(BpeSettings settings, IReadOnlyList<(int Left, int Right, int Merged)> merges) =>
        settings is { IsByteLevel: true, IgnoresMerges: false, UnknownId: null } && merges.Select(merge => (merge.Left, merge.Right)).ToHashSet().Count == merges.Count;

    /// <summary>Adds the ids of a piece.</summary>
    internal void Encode(ReadOnlySpan<char> piece, List<int> ids) => ids.AddRange(_tokenizer.Value.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
}
