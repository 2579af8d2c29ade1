using Roast.Contrast;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;
using Roast.Sampling;

namespace Roast.Onnx.Rows;

/// <summary>
/// Rows that decode together. Each has its own length, sampler, stop rule and steering; a finished row gives its slot to
/// the next request, or to the last row. Rows whose prompts begin alike share one prefill. Used by one thread at a time.
/// </summary>
internal sealed class DecodeLoop : IDisposable
{
    const int NotFound = -2;

    static readonly Pool[] Means = [Pool.Mean, Pool.MeanContent];        // pools that sum step by step

    readonly PlanSession _session;
    readonly KvCache _cache;
    readonly StepBuffers _buffers;
    readonly Prefill _prefill;
    readonly Binding?[] _bindings;
    readonly Row?[] _rows;
    readonly Sampler _sampler;
    readonly bool[] _adds;                                   // [rows] whether a row's taps of this step count for the mean at hand
    readonly int[] _best;                                    // [rows] where a device found them, else below -1

    /// <param name="session">Its plan says what is tapped and steered.</param>
    /// <param name="maxRows">Rows that decode together at most.</param>
    /// <param name="maxLength">Tokens of the longest row, prompt and answer.</param>
    /// <param name="maxKvBytes">A larger cache is refused.</param>
    public DecodeLoop(PlanSession session, int maxRows, int maxLength, long maxKvBytes)
    {
        _session = session;
        _sampler = new Sampler();
        Layout = new ActivationLayout(session.Plan.Taps, point => session.Shape.Width(point.Site));
        (_rows, _bindings, _adds, _best) = (new Row?[maxRows], new Binding?[maxRows], new bool[maxRows], new int[maxRows]);
        _cache = new KvCache(session, maxRows, maxLength, maxKvBytes);
        try
        {
            _buffers = new StepBuffers(session, maxRows);
            _prefill = new Prefill(session, _cache);
        }
        catch
        {
            Dispose();                                       // a device that is full would stay so: no collection knows of its memory
            throw;
        }
    }

    /// <summary>How captured activations are laid out.</summary>
    public ActivationLayout Layout { get; }

    /// <summary>Decode steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Runs all requests to their ends.</summary>
    /// <param name="requests">In the order in which rows join. Neighbours with equal prompts share a prefill.</param>
    /// <param name="done">Called with a request's index and result as each row ends, in the order in which they end.</param>
    /// <param name="cancel">Looked at between steps; also ends a running step.</param>
    public void Run(IReadOnlyList<RowRequest> requests, Action<int, RowResult> done, CancellationToken cancel)
    {
        int next = 0, rows = 0;
        try
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                while (rows < _rows.Length && next < requests.Count)
                {
                    Join(rows, new Row(next, requests[next]), rows, cancel);
                    (rows, next) = (rows + 1, next + 1);
                }
                if (rows == 0) return;
                Step(rows, cancel);
                for (int slot = 0; slot < rows; slot++)
                    if (!Advance(slot))
                    {
                        Capture(slot, _rows[slot]!, beforeEndToken: false);
                        done(_rows[slot]!.Index, _rows[slot]!.Finish());
                        _rows[slot] = null;
                    }
                rows = Compact(rows, requests, ref next, cancel);
            }
        }
        finally
        {
            Array.Clear(_rows);
        }
    }

    /// <summary>Fills the slots of rows that ended: with requests that wait, else with the last rows. Returns the rows that are left.</summary>
    int Compact(int rows, IReadOnlyList<RowRequest> requests, ref int next, CancellationToken cancel)
    {
        for (int slot = 0; slot < rows; slot++)
        {
            if (_rows[slot] is not null) continue;
            if (next < requests.Count)
            {
                Join(slot, new Row(next, requests[next]), rows, cancel);
                next++;
                continue;
            }
            while (rows > slot && _rows[rows - 1] is null) rows--;
            if (rows > slot) Move(--rows, slot);
        }
        return rows;
    }

    /// <summary>Puts a row into a slot, with its prompt but the last token in the cache.</summary>
    void Join(int slot, Row row, int rows, CancellationToken cancel)
    {
        var request = row.Request;
        var prefix = request.Prompt.AsSpan(..^1);
        row.PrefillSteering = request.SteeringNow is { } steering && steering.Scope.SteersPrefill() ? steering : null;
        if (request.Trace) row.Trace = new RowTrace(_session.Plan, request.SteeredPoints);
        if (prefix.Length > 0)
        {
            int twin = FindTwin(rows, prefix, row.PrefillSteering);
            if (twin >= 0) _cache.Copy(twin, slot, prefix.Length);
            else _prefill.Run(slot, prefix, row.PrefillSteering, cancel);
        }
        (row.Length, row.NextToken) = (prefix.Length, request.Prompt[^1]);
        foreach (var mean in Means)
            if (row.Request.Capture.Contains(mean)) _buffers.Captures(mean).Clear(slot);
        _rows[slot] = row;
    }

    /// <summary>A running row whose cache begins with exactly this prefix; -1 where there is none.</summary>
    int FindTwin(int rows, ReadOnlySpan<int> prefix, Steering? steering)
    {
        for (int slot = 0; slot < rows; slot++)
            if (_rows[slot] is { Request.Prompt: var prompt } other && prompt.Length > prefix.Length && prefix.SequenceEqual(prompt.AsSpan(0, prefix.Length)) && Equals(steering, other.PrefillSteering))
                return slot;
        return -1;
    }

    void Step(int rows, CancellationToken cancel)
    {
        var ids = _buffers.Ids(rows);
        var lengths = _buffers.Lengths(rows);
        int longest = 0;
        bool looks = false;
        for (int slot = 0; slot < rows; slot++)
        {
            var row = _rows[slot]!;
            (ids[slot], lengths[slot]) = (row.NextToken, row.Length);
            longest = Math.Max(longest, row.Length);
            SetPorts(slot, row);
            looks |= row.NeedsLogits;
        }
        _buffers.Total = _session.Device.HasFixedTotal ? _cache.Length : longest + 1;
        _buffers.Send();
        (_bindings[rows - 1] ??= Binding.Of(_session, _cache, 0, rows, _buffers.Views(_session.Plan, rows), repeats: true)).Run(cancel);
        foreach (var mean in Means) AddTo(mean, rows);
        if (looks || !_buffers.FindBest(_best.AsSpan(0, rows)))
        {
            _buffers.FetchLogits(rows);
            Array.Fill(_best, NotFound);
        }
        Steps++;
    }

    /// <summary>Adds the step's taps to the sums of the rows that want them.</summary>
    void AddTo(Pool mean, int rows)
    {
        bool any = false;
        for (int slot = 0; slot < rows; slot++) any |= _adds[slot] = _rows[slot]!.AddsTo(mean);
        if (any) _buffers.Captures(mean).Add(_adds.AsSpan(0, rows));
    }

    /// <summary>Writes a row's ports where what they hold is not what this step needs.</summary>
    void SetPorts(int slot, Row row)
    {
        if (_session.Plan.Ports.Count == 0) return;
        var wanted = row.WantedNow;
        if (row.KnowsPorts && ReferenceEquals(row.InPorts, wanted)) return;
        _buffers.Ports.Set(slot, wanted);
        (row.KnowsPorts, row.InPorts) = (true, wanted);
    }

    /// <summary>Takes what a step gave a row: captures, samples, stops. <c>false</c>: the row has ended.</summary>
    bool Advance(int slot)
    {
        var row = _rows[slot]!;
        var request = row.Request;
        row.Trace?.Add(_buffers, slot, row.Length, row.InPorts is not null);
        row.Length++;
        if (row.IsFinishing) return false;

        int token = _best[slot];
        if (token < 0)
        {
            var logits = _buffers.Logits(slot);
            request.OnLogits?.Invoke(row.Count, logits);
            token = request.Forced?[row.Count] ?? Sample(slot, row, logits);
        }
        row.Append(token);
        row.NextToken = token;
        bool wanted = request.OnToken?.Invoke(token) ?? true;
        if (request.EndTokens.AsSpan().Contains(token)) row.Stop = StopReason.EndToken;
        else if (row.Count == request.MaxTokens) row.Stop = StopReason.MaxTokens;
        else if (wanted) return true;
        else row.Stop = StopReason.Caller;
        // One more step feeds the last token. Where all pools leave the end token out, the last one was fed by this step.
        if (row.Stop == StopReason.EndToken) Capture(slot, row, beforeEndToken: true);
        row.IsFinishing = row.Captured.Contains(null);
        if (row.IsFinishing) row.HoldCaptured();
        return row.IsFinishing;
    }

    /// <summary>
    /// Notes what a row's last step completed: the pools that leave the end token out when it was sampled, before it is fed; all that
    /// is left when the row ends.
    /// </summary>
    void Capture(int slot, Row row, bool beforeEndToken)
    {
        for (int i = 0; i < row.Captured.Length; i++)
        {
            var pool = row.Request.Capture[i];
            if (row.Captured[i] is not null || (beforeEndToken && pool is not (Pool.LastContent or Pool.MeanContent))) continue;
            row.Captured[i] = new CapturedRow(_buffers.Captures(pool), Layout.TotalWidth, slot, Means.Contains(pool) ? row.StepsOf(pool) : 0);
        }
    }

    int Sample(int slot, Row row, Span<float> logits)
    {
        try
        {
            return _sampler.Sample(logits, row.History, row.Request.Sampler, row.Request.Seed, row.Count);
        }
        catch (RoastException e) when (e.Kind == RoastError.NotFinite)
        {
            throw NotFinite(slot, row, e);
        }
    }

    // A method of its own: in the one that samples, what this lambda captures would be allocated for every token.
    RoastException NotFinite(int slot, Row row, RoastException e)
    {
        string where = string.Join(", ", Layout.Points.Where((_, tap) => _buffers.Tap(tap, slot).ContainsAnyExceptInRange(float.MinValue, float.MaxValue)));
        return new(RoastError.NotFinite, $"{row.Request.Label}, new token {row.Count}: {e.Message}" + (where == "" ? "" : $" Not finite already at {where}."), e);
    }

    void Move(int from, int to)
    {
        var row = _rows[from]!;
        _cache.Copy(from, to, row.Length);
        foreach (var mean in Means)
            if (row.Request.Capture.Contains(mean)) _buffers.Captures(mean).Move(from, to);
        row.KnowsPorts = false;
        (_rows[to], _rows[from]) = (row, null);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings) binding?.Dispose();
        _prefill?.Dispose();
        _buffers?.Dispose();
        _cache.Dispose();
    }
}
