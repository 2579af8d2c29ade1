namespace Roast.Native;

/// <summary>An object that C holds, and how many calls use it. Guarded by the table's lock.</summary>
internal sealed class HandleEntry(object target)
{
    public object Target { get; } = target;
    public int Users;
    public bool Freed;
}

/// <summary>Keeps an object alive while a call, or another object, uses it. Disposed once.</summary>
internal sealed class Lease<T>(HandleTable table, HandleEntry entry) : IDisposable where T : class
{
    bool _returned;

    public T Value { get; } = (T)entry.Target;

    public void Dispose()
    {
        if (_returned) return;
        _returned = true;
        table.Return(entry);
    }
}
