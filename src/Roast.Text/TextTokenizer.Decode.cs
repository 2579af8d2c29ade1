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
        return WithoutSpaces(Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)), _decoder.StripsSpaces, out _);
    }

    /// <summary>A decoder for tokens that arrive one at a time.</summary>
    /// <param name="skipSpecial">Leave special tokens out.</param>
    public TextStream CreateStream(bool skipSpecial = true) => new(this, skipSpecial);

    /// <summary>Spaces that a decoder takes off the front of a text, at most.</summary>
    internal int StripsSpaces => _decoder.StripsSpaces;

    /// <summary>A text without up to <paramref name="most"/> spaces in front; <paramref name="left"/>: how many may still follow, 0 after the first other character.</summary>
    internal static string WithoutSpaces(string text, int most, out int left)
    {
        int spaces = 0;
        while (spaces < most && spaces < text.Length && text[spaces] == ' ') spaces++;
        left = spaces == text.Length ? most - spaces : 0;
        return spaces == 0 ? text : text[spaces..];
    }

    /// <summary>The bytes of a token, perhaps not whole characters; empty where it stands for none or is left out.</summary>
    internal ReadOnlySpan<byte> Bytes(int id, bool skipSpecial) =>
        RequireId(id) >= _bytes.Length || (skipSpecial && _special[id]) ? [] : _bytes[id];
}
