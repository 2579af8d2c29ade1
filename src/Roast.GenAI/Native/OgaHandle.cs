using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>An object of GenAI. Keeps what it lives on alive, is freed once, and is counted.</summary>
internal abstract class OgaHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    static int _alive;
    SafeHandle[] _held = [];                                // exactly those that we hold a reference on

    /// <summary>Objects that have been made and not yet freed.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Takes what a call made, or throws what it said; keeps <paramref name="parents"/> alive from here on.</summary>
    protected void Take(nint result, nint made, string what, params SafeHandle[] parents)
    {
        OgaError.ThrowIfFailed(result, what);
        handle = made;
        Interlocked.Increment(ref _alive);
        foreach (var parent in parents) Hold(parent);
    }

    /// <summary>Keeps one more object alive until this one is freed.</summary>
    protected void Hold(SafeHandle other)
    {
        bool held = false;
        other.DangerousAddRef(ref held);
        _held = [.. _held, other];
    }

    protected abstract void Free(nint value);

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
        Interlocked.Decrement(ref _alive);
        foreach (var held in _held) held.DangerousRelease();
        return true;
    }
}
