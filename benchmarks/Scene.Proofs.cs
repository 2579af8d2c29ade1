using Roast.Onnx.Rows;

namespace Roast.Benchmarks;

/// <summary>What the baselines claim, proved before anything is timed: a comparison of unlike work is refused.</summary>
public sealed partial class Scene
{
    /// <summary>Zero vectors, in both port forms, give the logits of the graph without ports, value for value, and the same number of tokens.</summary>
    public void AssertZeroVectorChangesNothing(int rows, int tokens)
    {
        Steering[] zeros = [.. Enumerable.Range(0, DistinctVectors).Select(_ => new SteeringVector(
            Points.Select(point => KeyValuePair.Create(point, new float[Model.Shape.Width(point.Site)]))).At(0.2f))];
        float[] expected = LogitsOf(DecodeRequests(rows, tokens, Ports.None, zeros));
        foreach (var ports in (Ports[])[Ports.Shared, Ports.PerRow])
            Require(LogitsOf(DecodeRequests(rows, tokens, ports, zeros)).AsSpan().SequenceEqual(expected), $"zero vectors ({ports}) change the logits of {rows} rows");
        foreach (var ports in Enum.GetValues<Ports>())
            Require(Decode(rows, tokens, ports) == rows * tokens, $"{rows} rows ({ports}) do not all decode {tokens} tokens");
    }

    /// <summary>A vector that is not zero changes the logits: the ports are there and they steer.</summary>
    public void AssertVectorsSteer(int rows)
    {
        float[] plain = LogitsOf(DecodeRequests(rows, 1, Ports.None, _steerings));
        foreach (var ports in (Ports[])[Ports.Shared, Ports.PerRow])
            Require(!LogitsOf(DecodeRequests(rows, 1, ports, _steerings)).AsSpan().SequenceEqual(plain), $"vectors ({ports}) do not steer");
    }

    /// <summary>Rollouts have the same tokens with capture and without.</summary>
    public void AssertCaptureChangesNoToken(int perQuestion)
    {
        var without = TokensOf(RolloutRequests(perQuestion, capture: false), []);
        var with = TokensOf(RolloutRequests(perQuestion, capture: true), Points);
        int same = without.Zip(with).Count(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        Require(same == without.Length, $"{without.Length - same} of {without.Length} rollouts differ when they are captured");
    }

    /// <summary>Rows decoded together have the tokens of rows decoded alone.</summary>
    public void AssertBatchEqualsAlone(int rows, int tokens)
    {
        var requests = DecodeRequests(rows, tokens, Ports.None, _steerings);
        var together = TokensOf(requests, []);
        for (int row = 0; row < rows; row++)
            Require(TokensOf([requests[row]], [])[0].AsSpan().SequenceEqual(together[row]), $"row {row} has other tokens alone than among {rows}");
    }

    float[] LogitsOf(RowRequest[] requests)
    {
        int size = Model.Shape.VocabularySize;
        int steps = requests[0].MaxTokens;
        float[] all = new float[requests.Length * steps * size];
        RowRequest[] watched = [.. requests.Select((request, row) => request with
        {
            OnLogits = (step, logits) => logits.CopyTo(all.AsSpan((row * steps + step) * size)),
        })];
        Model.Rows.Run(watched, [], (_, _) => { }, CancellationToken.None);
        return all;
    }

    int[][] TokensOf(RowRequest[] requests, IReadOnlyList<Point> taps)
    {
        int[][] tokens = new int[requests.Length][];
        Model.Rows.Run(requests, taps, (i, result) => tokens[i] = result.Tokens, CancellationToken.None);
        return tokens;
    }

    static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException($"The benchmark compares unlike work: {otherwise}.");
    }
}
