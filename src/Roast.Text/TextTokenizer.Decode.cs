using System.Text;

namespace Roast.Text;

public sealed partial class TextTokenizer
{
    /// <summary>The text of a sequence. Bytes that are not UTF-8 become U+FFFD, one for each maximal invalid part.</summary>
    /// <param name="ids">[tokens] ids below <see cref="ModelVocabularySize"/>; those that stand for no token give nothing.</param>
    /// <param name="skipSpecial">Leave special tokens out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not below <see cref="ModelVocabularySize"/>.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        var bytes = new List<byte>(ids.Length * 4);
        foreach (int id in ids) bytes.AddRange(Bytes(id, skipSpecial));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>A decoder for tokens that arrive one at a time.</summary>
    /// <param name="skipSpecial">Leave special tokens out.</param>
    public TextStream CreateStream(bool skipSpecial = true) => new(this, skipSpecial);

    /// <summary>The bytes of a token, perhaps not whole characters; empty where it stands for none or is left out.</summary>
    internal ReadOnlySpan<byte> Bytes(int id, bool skipSpecial) =>
        RequireId(id) >= _bytes.Length || (skipSpecial && _special[id]) ? [] : _bytes[id];
}
