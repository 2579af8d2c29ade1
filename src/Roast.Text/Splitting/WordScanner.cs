namespace Roast.Text;

/// <summary>
/// The patterns of GPT-2, Qwen and Llama 3 by hand: one look at each character, no regular expression. A test holds every
/// one of them to its pattern. Each alternative of the pattern is a step of <see cref="Next"/>, in the same order.
/// </summary>
/// <param name="isGpt2">GPT-2's pattern; else Qwen's and Llama 3's, which differ in <paramref name="digits"/>.</param>
/// <param name="digits">Most digits in a piece of the newer patterns.</param>
internal sealed class WordScanner(bool isGpt2, int digits) : ISplitter
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer)
    {
        foreach (var piece in pieces)
        {
            var part = text[piece.Start..piece.End];
            for (int start = 0; start < part.Length;)
            {
                int end = isGpt2 ? NextOfGpt2(part, start) : Next(part, start);
                finer.Add(new Segment(piece.Start + start, piece.Start + end));
                start = end;
            }
        }
    }

    static int NextOfGpt2(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && Contraction(text[(start + 1)..], ignoresCase: false) is > 0 and var length) return start + 1 + length;
        int word = text[start] == ' ' ? start + 1 : start;
        if (word < text.Length && CharacterClasses.Of(text[word]) is not CharacterClass.Space and var kind) return CharacterClasses.RunEnd(text, word, kind);
        return SpaceEnd(text, start, CharacterClasses.RunEnd(text, start, CharacterClass.Space));
    }

    int Next(ReadOnlySpan<char> text, int start)
    {
        char c = text[start];
        var kind = CharacterClasses.Of(c);
        if (c == '\'' && Contraction(text[(start + 1)..], ignoresCase: true) is > 0 and var length) return start + 1 + length;
        if (kind == CharacterClass.Letter) return CharacterClasses.RunEnd(text, start, CharacterClass.Letter);
        if (kind == CharacterClass.Number) return Math.Min(start + digits, CharacterClasses.RunEnd(text, start, CharacterClass.Number));
        var next = start + 1 < text.Length ? CharacterClasses.Of(text[start + 1]) : CharacterClass.Space;
        if (next == CharacterClass.Letter && c is not ('\r' or '\n')) return CharacterClasses.RunEnd(text, start + 1, CharacterClass.Letter);
        if (kind == CharacterClass.Other || (c == ' ' && next == CharacterClass.Other))
        {
            int end = CharacterClasses.RunEnd(text, start + 1, CharacterClass.Other);
            while (end < text.Length && (text[end] is '\r' or '\n')) end++;
            return end;
        }
        int spaceEnd = CharacterClasses.RunEnd(text, start, CharacterClass.Space);
        int lineEnd = text[start..spaceEnd].LastIndexOfAny('\r', '\n');
        return lineEnd >= 0 ? start + lineEnd + 1 : SpaceEnd(text, start, spaceEnd);
    }

    /// <summary>White space leaves its last character to the word behind it.</summary>
    static int SpaceEnd(ReadOnlySpan<char> text, int start, int end) => end == text.Length || end == start + 1 ? end : end - 1;

    /// <summary>Characters of 's, 't, 're, 've, 'm, 'll, 'd behind the apostrophe; 0 where there is none. ſ is a small s to those that ignore case.</summary>
    static int Contraction(ReadOnlySpan<char> text, bool ignoresCase)
    {
        (char first, char second) = (Fold(text, 0, ignoresCase), Fold(text, 1, ignoresCase));
        if (first is 's' or 't' or 'm' or 'd' || (ignoresCase && first == 'ſ')) return 1;
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 2 : 0;
    }

    static char Fold(ReadOnlySpan<char> text, int at, bool ignoresCase) => at >= text.Length ? '\0' : ignoresCase && char.IsAsciiLetterUpper(text[at]) ? (char)(text[at] | 0x20) : text[at];
}
