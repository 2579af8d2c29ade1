namespace Roast.Text;

/// <summary>Sets digits apart from other text: each by itself, or as runs. Digits are \p{N}: also ½, Ⅳ and ١.</summary>
/// <param name="individually">Each digit is a piece of its own.</param>
internal sealed class DigitSplitter(bool individually) : ISplitter
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer)
    {
        foreach (var piece in pieces) Split(text, piece, finer);
    }

    void Split(ReadOnlySpan<char> text, Segment piece, List<Segment> finer)
    {
        int start = piece.Start;
        for (int i = piece.Start + 1; i < piece.End; i++)
        {
            bool digit = CharacterClasses.Of(text[i]) == CharacterClass.Number, previous = CharacterClasses.Of(text[i - 1]) == CharacterClass.Number;
            if (digit == previous && !(digit && individually)) continue;
            finer.Add(new Segment(start, i));
            start = i;
        }
        if (start < piece.End) finer.Add(new Segment(start, piece.End));
    }
}
