using Roast.Contrast;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>Chooses plan, session and buffers for a list of requests and runs them. Thread-safe: each call has buffers of its own.</summary>
internal sealed class RowRunner(SessionCache sessions, ModelShape shape, RuntimeOptions options)
{
    /// <summary>How the activations of these taps are laid out in a result.</summary>
    public ActivationLayout Layout(IReadOnlyList<Point> taps) => new(new Plan { Taps = taps }.Taps, point => shape.Width(point.Site));

    /// <summary>Memory for a fit's sums where rows run; <c>null</c>: on the host. See <see cref="Devices.RowDevice.Contrasts"/>.</summary>
    public Devices.ContrastMemory? Contrasts(ActivationLayout layout, int sums) => sessions.Device.Contrasts(layout, sums);

    /// <summary>Runs all requests. <paramref name="done"/> is called on this thread with each index and result, in the order in which rows end.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: a prompt with its answer exceeds the context, or the cache its limit.</exception>
    public void Run(IReadOnlyList<RowRequest> requests, IReadOnlyList<Point> taps, Action<int, RowResult> done, CancellationToken cancel)
    {
        if (requests.Count == 0) return;
        int longest = 0;
        foreach (var request in requests) longest = Math.Max(longest, Check(request));
        using var lease = sessions.Rent(PlanFor(requests, taps));
        int rows = Math.Max(1, Math.Min(Math.Min(options.MaxRows, requests.Count), (int)Math.Min(int.MaxValue, options.MaxKvBytes / KvCache.RowBytes(lease.Session, longest))));
        using var loop = new DecodeLoop(lease.Session, rows, longest, options.MaxKvBytes);
        loop.Run(requests, done, cancel);
    }

    /// <summary>The tokens that a request's row may hold: prompt, answer, and the step that captures the last token.</summary>
    int Check(RowRequest request)
    {
        if (request.Trace && request.Capture.Count > 0) throw new ArgumentException("A row is traced or captured, not both: they tap different points.", nameof(request));
        if (request.Prompt.Length == 0) throw new ArgumentException("A prompt needs at least one token.", nameof(request));
        foreach (int id in request.Prompt)
            if ((uint)id >= (uint)shape.VocabularySize)
                throw new ArgumentException($"Token id {id} is outside the model's vocabulary of {shape.VocabularySize}; ids run from 0 to {shape.VocabularySize - 1}.", nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxTokens, 1);
        long length = (long)request.Prompt.Length + request.MaxTokens;
        if (length > shape.MaxPositions)
            throw new RoastException(RoastError.TooLarge, $"A prompt of {request.Prompt.Length} tokens and up to {request.MaxTokens} new ones exceed the model's context of {shape.MaxPositions} tokens. Shorten the prompt or lower the most new tokens.");
        return (int)length;
    }

    /// <summary>
    /// One vector for all rows needs no node of its own; rows that differ, a scope that turns on row by row, or a live
    /// handle beside other rows need the per-row form.
    /// </summary>
    static Plan PlanFor(IReadOnlyList<RowRequest> requests, IReadOnlyList<Point> taps)
    {
        var first = requests[0];
        var ports = new SortedSet<Point>();
        object? seen = null;
        bool alike = true, traced = false;
        foreach (var request in requests)
        {
            alike &= request.Live is null && Equals(request.Steering, first.Steering);
            traced |= request.Trace;
            object? source = (object?)request.Live ?? request.Steering;
            if (source is null || ReferenceEquals(source, seen)) continue;
            ports.UnionWith(request.SteeredPoints);
            seen = source;
        }
        bool constant = first.Steering is null || first.Steering.Scope is Scope.Last or Scope.All;
        bool shared = requests.Count == 1 || (alike && constant);
        return new Plan { Taps = traced ? [.. taps, .. ports] : taps, Ports = [.. ports], PortForm = shared ? PortForm.Shared : PortForm.PerRow };
    }
}
