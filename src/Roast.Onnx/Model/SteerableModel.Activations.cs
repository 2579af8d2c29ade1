using Roast.Onnx.Rows;

namespace Roast.Onnx;

public sealed partial class SteerableModel
{
    /// <summary>Reads the activations, and the logits, of a sequence that is not steered.</summary>
    /// <param name="ids">[tokens] at least one, each inside the vocabulary.</param>
    /// <param name="points">Which activations; may be empty where logits are wanted.</param>
    /// <param name="lastOnly">Keep the last position only.</param>
    /// <param name="logits">Also return the logits of the kept positions.</param>
    /// <param name="cancellationToken">Also ends a running run.</param>
    /// <exception cref="ArgumentException">No ids, an id outside the vocabulary, or a point that the model does not have.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: longer than the context, or more values than an array holds. <see cref="RoastError.NotFinite"/>: NaN or infinity in an activation.</exception>
    public Task<Activations> ReadActivationsAsync(int[] ids, IReadOnlyList<Point> points, bool lastOnly = false, bool logits = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        CheckSequence(ids);
        int kept = lastOnly ? 1 : ids.Length;
        if (logits) RequireArray(kept, Shape.VocabularySize, "The logits");
        foreach (var point in points) RequireArray(kept, Shape.Width(point.Site), $"The activations at {point}");
        return Task.Run(() =>
        {
            var plan = new Plan { Taps = points, Logits = logits && !lastOnly ? LogitPositions.All : LogitPositions.Last };
            using var reader = new SequenceReader(_sessions.Rent(plan), logits, Runtime.MaxKvBytes);
            reader.Read(ids, cancellationToken);
            return Collect(reader, lastOnly, logits);
        }, cancellationToken);
    }

    /// <summary>Refuses what no array holds, before anything is computed.</summary>
    internal static void RequireArray(long positions, int width, string what)
    {
        if (positions * width > Array.MaxLength)
            throw new RoastException(RoastError.TooLarge, $"{what} of {positions:N0} positions are {positions * width:N0} values; at most {Array.MaxLength:N0} are read at once. Keep the last position only, or read a shorter sequence.");
    }

    internal SequenceReader OpenReader(IReadOnlyList<Point> taps) => new(_sessions.Rent(new Plan { Taps = taps }), wantsLogits: false, Runtime.MaxKvBytes);

    internal void CheckSequence(int[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Length == 0) throw new ArgumentException("A sequence needs at least one token.", nameof(ids));
        foreach (int id in ids)
            if ((uint)id >= (uint)Shape.VocabularySize)
                throw new ArgumentException($"Token id {id} is outside the model's vocabulary of {Shape.VocabularySize}; ids run from 0 to {Shape.VocabularySize - 1}.", nameof(ids));
        if (ids.Length > Shape.MaxPositions)
            throw new RoastException(RoastError.TooLarge, $"A sequence of {ids.Length} tokens exceeds the model's context of {Shape.MaxPositions}. Shorten it.");
    }

    Activations Collect(SequenceReader reader, bool lastOnly, bool logits)
    {
        int first = lastOnly ? reader.Positions - 1 : 0, kept = reader.Positions - first;
        var values = new SortedDictionary<Point, float[]>();
        for (int tap = 0; tap < reader.Layout.Points.Count; tap++)
        {
            int width = reader.Layout.Width(tap);
            float[] rows = reader.At(tap, first, kept).ToArray();
            int bad = Array.FindIndex(rows, x => !float.IsFinite(x));
            if (bad >= 0)
                throw new RoastException(RoastError.NotFinite, $"{FullPath}: the activation at {reader.Layout.Points[tap]}, position {first + bad / width}, dimension {bad % width} is {rows[bad]}. The weights are damaged, or the model overflows on this input: check the weights file.");
            values.Add(reader.Layout.Points[tap], rows);
        }
        return new Activations(kept, values, logits ? reader.Logits(kept).ToArray() : null);
    }
}
