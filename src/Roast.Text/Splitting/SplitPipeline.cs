using Microsoft.ML.Tokenizers;

namespace Roast.Text;

/// <summary>The steps of a pre-tokenizer, one after another, in the form that Microsoft.ML.Tokenizers asks for.</summary>
internal sealed class SplitPipeline(IReadOnlyList<ISplitter> steps) : PreTokenizer
{
    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var shadow = Shadow.Of(text);
        var seen = shadow is null ? text : shadow.Text;
        List<Segment> pieces = [new Segment(0, seen.Length)];
        foreach (var step in steps)
        {
            var finer = new List<Segment>(pieces.Count + seen.Length / 4);
            step.Split(seen, pieces, finer);
            pieces = finer;
        }
        return pieces.ConvertAll(piece => shadow is null ? (piece.Start, piece.Length) : shadow.Original(piece));
    }
}
