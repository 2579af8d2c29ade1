namespace Roast.Native;

/// <summary>
/// What C holds instead of objects: a slot and its generation, never an address. A freed, foreign or invented handle is
/// found out and never reaches another object. Locked: any thread may call.
/// </summary>
/// <remarks>
/// A handle that is freed while a call uses it dies at once for everyone else; the object is disposed when the last such
/// call returns. That makes freeing inside a callback, or from another thread, safe.
/// </remarks>
internal sealed class HandleTable
{
    /// <summary>Handles alive at one time; more are refused.</summary>
    const int MaxHandles = 1 << 24;

    /// <summary>The table of this process.</summary>
    public static HandleTable Shared { get; } = new();

    readonly Lock _lock = new();
    readonly Stack<int> _free = [];
    Slot[] _slots = new Slot[64];
    int _used;

    /// <summary>Handles that are alive: tests look for leaks here.</summary>
    public int Count { get { lock (_lock) return _used - _free.Count; } }

    /// <summary>Gives an object to C.</summary>
    public nint Add(object target)
    {
        lock (_lock)
        {
            if (!_free.TryPop(out int index))
            {
                if (_used == MaxHandles) throw new StatusException(Status.OutOfMemory, $"{MaxHandles} handles are alive. Free those that are not used any more.");
                if (_used == _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
                index = _used++;
                _slots[index].Generation = 1;
            }
            _slots[index].Entry = new HandleEntry(target);
            return Pack(index, _slots[index].Generation);
        }
    }

    /// <summary>Finds an object and keeps it from being disposed until the lease is.</summary>
    /// <exception cref="StatusException"><see cref="Status.Handle"/>: null, freed, or another kind.</exception>
    public Lease<T> Lease<T>(nint handle) where T : class
    {
        lock (_lock)
        {
            var entry = Find<T>(handle, out _);
            entry.Users++;
            return new Lease<T>(this, entry);
        }
    }

    /// <summary>Ends a handle; disposes its object now, or when the calls that use it have returned.</summary>
    /// <exception cref="StatusException"><see cref="Status.Handle"/>: null, freed before, or another kind.</exception>
    public void Free<T>(nint handle) where T : class
    {
        HandleEntry entry;
        lock (_lock)
        {
            entry = Find<T>(handle, out int index);
            _slots[index].Entry = null;
            if (++_slots[index].Generation == int.MaxValue) _slots[index].Generation = 1;
            _free.Push(index);
            entry.Freed = true;
            if (entry.Users > 0) return;
        }
        (entry.Target as IDisposable)?.Dispose();            // outside the lock: it may take long, and may end calls of its own
    }

    internal void Return(HandleEntry entry)
    {
        lock (_lock)
            if (--entry.Users > 0 || !entry.Freed) return;
        (entry.Target as IDisposable)?.Dispose();
    }

    HandleEntry Find<T>(nint handle, out int index)
    {
        index = (int)((long)handle & 0xFFFFFFFF) - 1;
        if (handle == 0) throw Wrong<T>("is NULL; give what its constructor function returned");
        if ((uint)index >= (uint)_used || _slots[index].Generation != (int)((long)handle >> 32)) throw Wrong<T>($"0x{handle:x} is not alive: it was freed, or never came from this library");
        var entry = _slots[index].Entry;
        if (entry is null) throw Wrong<T>($"0x{handle:x} is not alive: it was freed");
        return entry.Target is T ? entry : throw Wrong<T>($"0x{handle:x} is a handle of another kind");
    }

    static StatusException Wrong<T>(string what) => new(Status.Handle, $"The {HandleNames.Of(typeof(T))} handle {what}.");

    static nint Pack(int index, int generation) => (nint)(((long)generation << 32) | (uint)(index + 1));

    struct Slot
    {
        public int Generation;
        public HandleEntry? Entry;
    }
}
