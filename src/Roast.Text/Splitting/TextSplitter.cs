namespace Roast.Text;

/// <summary>Cuts at the occurrences of a text; an occurrence is a piece, and so is what lies between two.</summary>
internal sealed class TextSplitter(string separator) : ISplitter
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer)
    {
        foreach (var piece in pieces)
        {
            int position = piece.Start;
            for (int at; (at = text[position..piece.End].IndexOf(separator)) >= 0; position += at + separator.Length)
            {
                if (at > 0) finer.Add(new Segment(position, position + at));
                finer.Add(new Segment(position + at, position + at + separator.Length));
            }
            if (position < piece.End) finer.Add(new Segment(position, piece.End));
        }
    }
}
