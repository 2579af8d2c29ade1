using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>
/// What crosses between the loop and the session at each decode step, for up to <c>rows</c> rows: token ids and lengths
/// in, logits and taps out, port vectors in. Bound once per row count; a step changes contents only.
/// </summary>
internal sealed class StepBuffers : IDisposable
{
    readonly NativeBuffer<long> _ids;
    readonly NativeBuffer<int> _lengths, _total;
    readonly NativeBuffer<float> _logits;
    readonly NativeBuffer<float>[] _taps;
    readonly int[] _tapWidths;
    readonly int _vocabulary;

    public StepBuffers(Plan plan, ModelShape shape, int rows)
    {
        _vocabulary = shape.VocabularySize;
        (_ids, _lengths, _total) = (new(rows), new(rows), new(1));
        _logits = new NativeBuffer<float>((long)rows * _vocabulary);
        _tapWidths = [.. plan.Taps.Select(tap => shape.Width(tap.Site))];
        _taps = [.. _tapWidths.Select(width => new NativeBuffer<float>((long)rows * width))];
        Ports = new PortBuffers(plan, shape, rows);
    }

    public PortBuffers Ports { get; }

    /// <summary>[rows] the token that each row feeds next.</summary>
    public Span<long> Ids(int rows) => _ids.Slice(0, rows);

    /// <summary>[rows] GroupQueryAttention's seqlens_k: tokens of each row after this step, minus one.</summary>
    public Span<int> Lengths(int rows) => _lengths.Slice(0, rows);

    /// <summary>Tokens of the longest row after this step.</summary>
    public int Total { set => _total.Slice(0, 1)[0] = value; }

    /// <summary>[vocabulary] the logits of one row; the sampler may overwrite them.</summary>
    public Span<float> Logits(int row) => _logits.Slice((long)row * _vocabulary, _vocabulary);

    /// <summary>[width] one row's activations at the plan's tap number <paramref name="tap"/>.</summary>
    public Span<float> Tap(int tap, int row) => _taps[tap].Slice((long)row * _tapWidths[tap], _tapWidths[tap]);

    /// <summary>Everything of a step of <paramref name="rows"/> rows but the cache, by the graph's names.</summary>
    public IEnumerable<(string Name, OrtValue Value, bool IsOutput)> Views(Plan plan, int rows)
    {
        yield return (GraphNames.InputIds, _ids.View(0, rows, 1), false);
        yield return (GraphNames.SeqLensK, _lengths.View(0, rows), false);
        yield return (GraphNames.TotalSequenceLength, _total.View(0, 1), false);
        yield return (GraphNames.Logits, _logits.View(0, rows, 1, _vocabulary), true);
        for (int i = 0; i < _taps.Length; i++)
            yield return (GraphNames.Tap(plan.Taps[i]), _taps[i].View(0, rows, 1, _tapWidths[i]), true);
        foreach (var (name, value) in Ports.Views(rows)) yield return (name, value, false);
    }

    public void Dispose()
    {
        _ids.Dispose();
        _lengths.Dispose();
        _total.Dispose();
        _logits.Dispose();
        foreach (var tap in _taps) tap.Dispose();
        Ports.Dispose();
    }
}
