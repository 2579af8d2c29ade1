using Roast.Graph;

namespace Roast.Onnx.Sessions;

/// <summary>The sessions of one model, one per plan, made on first use. Thread-safe.</summary>
internal sealed class SessionCache(ModelGraph graph, RuntimeOptions options) : IDisposable
{
    readonly Dictionary<Plan, PlanSession> _sessions = [];
    readonly WeightStore _weights = new(graph);
    bool _disposed;

    public PlanSession For(Plan plan)
    {
        lock (_sessions)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SteerableModel));
            if (!_sessions.TryGetValue(plan, out var session))
                _sessions.Add(plan, session = PlanSession.Open(graph, _weights, plan, options));
            return session;
        }
    }

    public void Dispose()
    {
        lock (_sessions)
        {
            _disposed = true;
            foreach (var session in _sessions.Values) session.Dispose();
            _sessions.Clear();
            _weights.Dispose();                              // the sessions read them until here
        }
    }
}
