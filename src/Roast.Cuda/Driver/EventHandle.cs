namespace Roast.Cuda.Driver;

/// <summary>A mark in a stream: to measure the time between two, or to make another stream wait.</summary>
internal sealed class EventHandle : CudaHandle
{
    EventHandle() { }

    public static EventHandle Create(ContextHandle context)
    {
        var mark = new EventHandle();
        mark.Make(context, "cuEventCreate", "", (ICudaDriver driver, out nint made) => driver.CreateEvent(out made));
        return mark;
    }

    /// <summary>Marks the end of what is queued now.</summary>
    public void Record(StreamHandle stream)
    {
        using var current = Context.MakeCurrent();
        Driver.Check(Driver.RecordEvent(handle, stream.DangerousGetHandle()), "cuEventRecord");
    }

    /// <summary>Seconds from an earlier mark to this one; waits for this one.</summary>
    public double SecondsSince(EventHandle start)
    {
        using var current = Context.MakeCurrent();
        Driver.Check(Driver.WaitForEvent(handle), "cuEventSynchronize");
        Driver.Check(Driver.GetElapsed(out float milliseconds, start.handle, handle), "cuEventElapsedTime");
        return milliseconds / 1e3;
    }

    protected override int Release(ICudaDriver driver) => driver.DestroyEvent(handle);
}
