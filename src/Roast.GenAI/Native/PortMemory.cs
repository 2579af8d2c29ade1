using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>Zeroed floats outside the managed heap, that a generator reads at every step and we write in between.</summary>
internal sealed unsafe class PortMemory : SafeHandle
{
    const nuint Alignment = 64;                             // a cache line, and the widest vector register

    public PortMemory(int length) : base(invalidHandleValue: 0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        handle = (nint)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
        Values.Clear();
    }

    public int Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The values. Not used beyond the life of this object, nor while the generator runs.</summary>
    public Span<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<float>((float*)handle, Length);
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
