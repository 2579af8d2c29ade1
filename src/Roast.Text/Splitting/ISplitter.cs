namespace Roast.Text;

/// <summary>One step of a pre-tokenizer: cuts a piece of text into smaller ones.</summary>
internal interface ISplitter
{
    /// <summary>Adds the pieces of <paramref name="piece"/>, in order and without gaps, to <paramref name="pieces"/>.</summary>
    /// <param name="text">The whole text, one character per code point that matters; see <see cref="Shadow"/>.</param>
    /// <param name="piece">The part of it to cut; what lies outside does not exist for this step.</param>
    /// <param name="pieces">Receives the pieces.</param>
    void Split(ReadOnlySpan<char> text, Segment piece, List<Segment> pieces);
}
