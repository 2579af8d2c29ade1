using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Model;
using Roast.Onnx.Rows;
using Roast.Onnx.Sessions;
using Roast.Sampling;

namespace Roast.Benchmarks.Ratios;

/// <summary>The roof of decoding: ONNX Runtime runs over the same session, shapes and lengths, with nothing around them.</summary>
internal sealed class BareRuns : IDisposable
{
    readonly int _rows, _tokens;
    readonly WeightStore _weights;
    readonly PlanSession _session;
    readonly DecodeLoop _loop;
    readonly KvCache _cache;
    readonly StepBuffers _buffers;
    readonly Binding _binding;

    public BareRuns(int rows, int tokens, RuntimeOptions options)
    {
        (_rows, _tokens) = (rows, tokens);
        var graph = ModelFolder.Open(Scene.ModelPath, options.Precision ?? Precision.Float32).Graph;
        _weights = new WeightStore(graph);
        _session = PlanSession.Open(graph, _weights, Plan.Empty, options, new HostDevice());
        _loop = new DecodeLoop(_session, rows, tokens + 1, options.MaxKvBytes);
        _cache = new KvCache(_session, rows, tokens + 1, options.MaxKvBytes);
        _buffers = new StepBuffers(_session, rows);
        _binding = Binding.Of(_session, _cache, 0, rows, _buffers.Views(Plan.Empty, rows), repeats: true);
    }

    /// <summary>The engine's loop: prompts of one token, so nothing is prefilled.</summary>
    public double Loop(SamplerOptions sampler)
    {
        int tokens = 0;
        var requests = Enumerable.Range(0, _rows).Select(row => new RowRequest
        {
            Prompt = [row], MaxTokens = _tokens, Sampler = sampler, Seed = new RowSeed(42, (uint)row),
        }).ToArray();
        _loop.Run(requests, (_, result) => tokens += result.Tokens.Length, CancellationToken.None);
        return tokens;
    }

    /// <summary>As many steps of as many rows at the same lengths; token ids change, nothing is read.</summary>
    public double Bare()
    {
        for (int step = 0; step < _tokens; step++)
        {
            var ids = _buffers.Ids(_rows);
            for (int row = 0; row < _rows; row++) ids[row] = (row + step) % _session.Shape.VocabularySize;
            _buffers.Lengths(_rows).Fill(step);
            _buffers.Total = step + 1;
            _buffers.Send();
            _binding.Run(CancellationToken.None);
        }
        return (double)_rows * _tokens;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _buffers.Dispose();
        _cache.Dispose();
        _loop.Dispose();
        _session.Dispose();
        _weights.Dispose();
    }
}
