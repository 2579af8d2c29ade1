using Roast.Contrast;
using Roast.Onnx.Rows;

namespace Roast.Onnx.Fit;

/// <summary>Reads given answers as if the model had written them (teacher forcing) and pools their activations.</summary>
internal sealed class AnswerReader(SteerableModel model, IReadOnlyList<Point> points, IReadOnlyList<Pool> pools) : IDisposable
{
    readonly SequenceReader _reader = model.OpenReader(points);

    public ActivationLayout Layout => _reader.Layout;

    /// <summary>The ids of an answer given as text: its plain tokens and the model's first end token.</summary>
    public int[] Encode(string answer) => [.. model.EncodeText(answer), .. model.EndTokens.Take(1)];

    /// <summary>[pools][total width] the pooled activations of an answer, by every pool from one reading.</summary>
    /// <param name="prompt">[tokens] at least one.</param>
    /// <param name="answer">[tokens] at least one; the end token included where there is one.</param>
    /// <param name="cancel">Also ends a running run.</param>
    public float[][] Read(ReadOnlySpan<int> prompt, ReadOnlySpan<int> answer, CancellationToken cancel)
    {
        int[] sequence = [.. prompt, .. answer];
        model.CheckSequence(sequence);
        _reader.Read(sequence, cancel);
        var activations = new float[pools.Count][];
        for (int i = 0; i < activations.Length; i++)
        {
            activations[i] = new float[Layout.TotalWidth];
            for (int tap = 0; tap < Layout.Points.Count; tap++) PoolInto(activations[i].AsSpan(Layout.Offset(tap), Layout.Width(tap)), pools[i], tap, prompt.Length, answer);
        }
        return activations;
    }

    void PoolInto(Span<float> destination, Pool pool, int tap, int promptLength, ReadOnlySpan<int> answer)
    {
        int last = promptLength + answer.Length - 1, content = model.EndTokens.Contains(answer[^1]) ? last - 1 : last;
        switch (pool)
        {
            case Pool.Last:
                _reader.At(tap, last).CopyTo(destination);
                break;
            case Pool.LastContent:
                _reader.At(tap, content).CopyTo(destination);
                break;
            case Pool.Mean:
                Mean(destination, tap, promptLength, last);
                break;
            case Pool.MeanContent:
                Mean(destination, tap, promptLength - 1, content);
                break;
        }
    }

    void Mean(Span<float> destination, int tap, int first, int last)
    {
        var sum = new double[destination.Length];
        var rows = _reader.At(tap, first, last - first + 1);
        for (int at = 0; at < rows.Length; at += sum.Length) Kernels.Sums.Add(sum, rows.Slice(at, sum.Length));
        for (int i = 0; i < sum.Length; i++) destination[i] = (float)(sum[i] / (last - first + 1));
    }

    public void Dispose() => _reader.Dispose();
}
