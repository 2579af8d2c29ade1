using Roast.GenAI.Native;
using Roast.Onnx;
using Roast.Sampling;

namespace Roast.GenAI;

/// <summary>
/// A generator of GenAI with its rows: what our decode loop is, but that GenAI keeps the cache, the mask and the tokens. One call at a time.
/// </summary>
internal sealed class GenAIRows : IDisposable
{
    readonly GenAIFolder _folder;
    readonly IReadOnlyList<int[]> _prompts;
    readonly GenerationOptions _options;
    readonly PortInputs? _ports;
    readonly OgaGenerator _generator;
    readonly bool _choosesHere;                             // our sampler over GenAI's logits, else GenAI's own greedy search
    readonly Sampler _sampler = new();
    readonly List<int> _history;
    readonly float[] _logits = [];
    int _read;                                              // tokens of the only prompt that have been run

    /// <param name="folder">The model's folder.</param>
    /// <param name="pool">Its models.</param>
    /// <param name="prompts">Checked by <see cref="Refusals"/>.</param>
    /// <param name="options">For every row.</param>
    /// <param name="adaptable">Points that adapters may steer later.</param>
    public GenAIRows(GenAIFolder folder, ModelPool pool, IReadOnlyList<int[]> prompts, GenerationOptions options, IReadOnlyList<Point> adaptable)
    {
        (_folder, _prompts, _options) = (folder, prompts, options);
        IReadOnlyList<Point> points = options.Live?.Points ?? options.Steering?.Vector.Points ?? [];
        Model = pool.For(points, adaptable);
        int longest = prompts.Max(prompt => prompt.Length);
        MaxTokens = Math.Min(options.MaxTokens ?? int.MaxValue, folder.Context - longest);
        _choosesHere = prompts.Count == 1 && (!options.Sampler.IsGreedy || options.Sampler.RepetitionPenalty != 1 || options.IgnoreEnd);
        _history = [.. prompts[0]];
        if (_choosesHere) _logits = new float[folder.Vocabulary];
        using var search = new OgaParams(Model);
        search.Set("batch_size", prompts.Count);
        search.Set("max_length", longest + MaxTokens);
        search.Set("do_sample", false);
        search.Set("num_beams", 1);
        search.Set("repetition_penalty", 1);
        search.Set("min_length", 0);
        search.Set("no_repeat_ngram_size", 0);
        _generator = new OgaGenerator(Model, search);
        if (points.Count == 0) return;
        try
        {
            _ports = new PortInputs(folder.Graph, points);
            _ports.SetOn(_generator);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The model that the rows run on.</summary>
    public OgaModel Model { get; }

    /// <summary>New tokens of a row at most.</summary>
    public int MaxTokens { get; }

    /// <summary>Steps so far.</summary>
    public int Count { get; private set; }

    /// <summary>Runs all tokens of the only prompt but the last, where there are any and that has not been done.</summary>
    public void ReadPrefix(CancellationToken cancel)
    {
        if (_read > 0 || _prompts[0].Length == 1) return;
        var steering = SteeringNow;
        _ports?.Write(steering is { } s && s.Scope.SteersPrefill() ? steering : null);
        Guarded(() => _generator.Append(_prompts[0].AsSpan(..^1)), cancel);
        _read = _prompts[0].Length - 1;
    }

    /// <summary>Makes a token for each row.</summary>
    /// <param name="tokens">[rows] overwritten; of a row that has ended it is padding.</param>
    /// <param name="cancel">Also ends a running step.</param>
    public void Step(Span<int> tokens, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var steering = SteeringNow;
        if (Count == 0) ReadPrompts(steering, cancel);
        else _ports?.Write(steering is { } s && s.Scope.SteersGenerated() ? steering : null);
        if (_choosesHere) tokens[0] = Choose(cancel);
        else
        {
            Guarded(_generator.Next, cancel);
            _generator.ReadTokens(tokens);
        }
        Count++;
    }

    /// <summary>Activates an adapter for the runs to come.</summary>
    public void Activate(OgaAdapters adapters, string name) => _generator.Activate(adapters, name);

    Steering? SteeringNow => _options.Live?.Current ?? _options.Steering;

    void ReadPrompts(Steering? steering, CancellationToken cancel)
    {
        // A prompt that ends with the pad token: run whole, GenAI would take the logits of the last other token.
        if (_prompts.Count == 1 && (steering?.Scope == Scope.Last || _prompts[0][^1] == _folder.PadToken)) ReadPrefix(cancel);
        _ports?.Write(steering is { } s && s.Scope.SteersLastPromptToken() ? steering : null);
        int[] ids = _prompts.Count == 1 ? _prompts[0][_read..] : Padded();
        Guarded(() => _generator.Append(ids), cancel);
    }

    int[] Padded()
    {
        int longest = _prompts.Max(prompt => prompt.Length);
        var ids = new int[checked(_prompts.Count * longest)];
        Array.Fill(ids, _folder.PadToken);
        for (int row = 0; row < _prompts.Count; row++) _prompts[row].CopyTo(ids, row * longest);
        return ids;
    }

    int Choose(CancellationToken cancel)
    {
        if (Count > 0) Guarded(() => _generator.Append([_history[^1]]), cancel);
        _generator.ReadLogits(_logits);
        int token = _sampler.Sample(_logits, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_history), _options.Sampler, new RowSeed(_options.Seed), Count);
        _history.Add(token);
        return token;
    }

    void Guarded(Action run, CancellationToken cancel)
    {
        using var registration = cancel.Register(_generator.Terminate);
        try { run(); }
        catch (RoastException) when (cancel.IsCancellationRequested) { throw new OperationCanceledException(cancel); }
        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _generator.Dispose();
        _ports?.Dispose();
    }
}
