namespace Roast.Text;

/// <summary>One step of a pre-tokenizer: cuts the pieces of a text into smaller ones.</summary>
internal interface ISplitter
{
    /// <summary>Adds the parts of every piece, in order and without gaps, to <paramref name="finer"/>.</summary>
    /// <param name="text">The whole text, one character per code point that matters; see <see cref="Shadow"/>.</param>
    /// <param name="pieces">What to cut; for each, what lies outside of it does not exist.</param>
    /// <param name="finer">Receives the parts.</param>
    void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer);
}
