using Roast.Contrast;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>Chooses plan, session and buffers for a list of requests and runs them. Thread-safe: each call has buffers of its own.</summary>
internal sealed class RowRunner(SessionCache sessions, ModelShape shape, RuntimeOptions options)
{
    /// <summary>How the activations of these taps are laid out in a result.</summary>
    public ActivationLayout Layout(IReadOnlyList<Point> taps) => new(new Plan { Taps = taps }.Taps, point => shape.Width(point.Site));

    /// <summary>Runs all requests. <paramref name="done"/> is called on this thread with each index and result, in the order in which rows end.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: a prompt with its answer exceeds the context, or the cache its limit.</exception>
    public void Run(IReadOnlyList<RowRequest> requests, IReadOnlyList<Point> taps, Action<int, RowResult> done, CancellationToken cancel)
    {
        if (requests.Count == 0) return;
        int longest = 0;
        foreach (var request in requests) longest = Math.Max(longest, Check(request));
        int rows = Math.Max(1, Math.Min(Math.Min(options.MaxRows, requests.Count), (int)Math.Min(int.MaxValue, options.MaxKvBytes / KvBytes(longest))));
        using var loop = new DecodeLoop(sessions.For(PlanFor(requests, taps)), rows, longest, options.MaxKvBytes);
        loop.Run(requests, done, cancel);
    }

    /// <summary>The tokens that a request's row may hold: prompt, answer, and the step that captures the last token.</summary>
    int Check(RowRequest request)
    {
        if (request.Prompt.Length == 0) throw new ArgumentException("A prompt needs at least one token.", nameof(request));
        foreach (int id in request.Prompt)
            if ((uint)id >= (uint)shape.VocabularySize)
                throw new ArgumentException($"Token id {id} is outside the model's vocabulary of {shape.VocabularySize}; ids run from 0 to {shape.VocabularySize - 1}.", nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxTokens, 1);
        int length = checked(request.Prompt.Length + request.MaxTokens);
        if (length > shape.MaxPositions)
            throw new RoastException(RoastError.TooLarge, $"A prompt of {request.Prompt.Length} tokens and up to {request.MaxTokens} new ones exceed the model's context of {shape.MaxPositions} tokens. Shorten the prompt or lower the most new tokens.");
        return length;
    }

    /// <summary>One vector for all rows needs no node of its own; rows that differ, or a scope that turns on row by row, need the per-row form.</summary>
    static Plan PlanFor(IReadOnlyList<RowRequest> requests, IReadOnlyList<Point> taps)
    {
        var first = requests[0].Steering;
        var ports = new SortedSet<Point>();
        Steering? seen = null;
        bool alike = true;
        foreach (var request in requests)
        {
            alike &= Equals(request.Steering, first);
            if (request.Steering is not { } steering || ReferenceEquals(steering, seen)) continue;
            ports.UnionWith(steering.Vector.Points);
            seen = steering;
        }
        bool constant = first is null || requests.Count == 1 || first.Scope is Scope.Last or Scope.All;
        return new Plan { Taps = taps, Ports = [.. ports], PortForm = alike && constant ? PortForm.Shared : PortForm.PerRow };
    }

    long KvBytes(int length) => 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * length * sizeof(float);
}
