using Roast.Graph;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Sessions;

/// <summary>
/// The sessions of one model, one per plan, made on first use and lent to whoever runs them. The least recently used are
/// closed above a limit, since each may hold its own copy of the weights in its kernels' layout; a session that is lent is
/// never closed, also not when the model is disposed meanwhile. Owns the device. Thread-safe.
/// </summary>
internal sealed class SessionCache(ModelGraph graph, RuntimeOptions options, RowDevice device) : IDisposable
{
    readonly Dictionary<Plan, Entry> _entries = [];
    readonly WeightStore _weights = new(graph);
    readonly Lock _opening = new();
    long _clock;
    bool _disposed, _closed;

    /// <summary>Sessions that are open now, or being opened.</summary>
    public int Count { get { lock (_entries) return _entries.Count; } }

    /// <summary>Where the sessions run. It is disposed with the model, once every session was given back.</summary>
    public RowDevice Device => device;

    /// <summary>Lends the session of a plan. One that has to be opened first, which takes seconds for a large model, keeps nobody waiting who asks for another.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>: ONNX Runtime refused the graph. <see cref="RoastError.BadFile"/>: its files were changed.</exception>
    public SessionLease Rent(Plan plan)
    {
        Entry? entry;
        lock (_entries)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SteerableModel));
            if (!_entries.TryGetValue(plan, out entry)) _entries.Add(plan, entry = new Entry(() => Open(plan)));
            (entry.Users, entry.LastUse) = (entry.Users + 1, ++_clock);
            CloseIdle(options.MaxSessions);
        }
        try
        {
            return new SessionLease(this, entry.Session);
        }
        catch
        {
            lock (_entries)
            {
                // Whoever asks again tries again; others who waited for this one have its failure too.
                if (_entries.TryGetValue(plan, out var known) && ReferenceEquals(known, entry)) _entries.Remove(plan);
                CloseIdle(_disposed ? 0 : options.MaxSessions);
            }
            throw;
        }
    }

    PlanSession Open(Plan plan)
    {
        lock (_opening) return PlanSession.Open(graph, _weights, plan, options, device);
    }

    internal void Return(PlanSession session)
    {
        lock (_entries)
        {
            _entries[session.Plan].Users--;
            CloseIdle(_disposed ? 0 : options.MaxSessions);
        }
    }

    public void Dispose()
    {
        lock (_entries)
        {
            if (_disposed) return;
            _disposed = true;
            CloseIdle(0);
        }
    }

    void CloseIdle(int most)
    {
        foreach (var (plan, entry) in _entries.Where(pair => pair.Value.Users == 0).OrderBy(pair => pair.Value.LastUse).Take(Math.Max(0, _entries.Count - most)).ToArray())
        {
            entry.Session.Dispose();
            _entries.Remove(plan);
        }
        if (!_disposed || _closed || _entries.Count > 0) return;
        _closed = true;
        _weights.Dispose();                                  // the sessions read them until here
        device.Dispose();
    }

    sealed class Entry(Func<PlanSession> open)
    {
        readonly Lazy<PlanSession> _session = new(open);

        /// <summary>Opened by the first who asks; others wait for it.</summary>
        public PlanSession Session => _session.Value;

        public int Users { get; set; }
        public long LastUse { get; set; }
    }
}

/// <summary>A session that is in use; disposing gives it back.</summary>
internal sealed class SessionLease(SessionCache cache, PlanSession session) : IDisposable
{
    int _returned;

    public PlanSession Session { get; } = session;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0) cache.Return(Session);
    }
}
