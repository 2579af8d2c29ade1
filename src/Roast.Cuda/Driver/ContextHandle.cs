using System.Runtime.InteropServices;

namespace Roast.Cuda.Driver;

/// <summary>A device's primary context, the one that the CUDA runtime and ONNX Runtime use too, so that pointers and streams are shared.</summary>
internal sealed class ContextHandle : SafeHandle
{
    readonly int _device;

    ContextHandle(ICudaDriver driver, int device) : base(invalidHandleValue: 0, ownsHandle: true) => (Driver, _device) = (driver, device);

    public ICudaDriver Driver { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Retains the primary context of device number <paramref name="ordinal"/>.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public static ContextHandle Retain(ICudaDriver driver, int ordinal)
    {
        driver.Check(driver.Initialize(), "cuInit");
        driver.Check(driver.GetDevice(out int device, ordinal), "cuDeviceGet", $"device {ordinal}");
        var context = new ContextHandle(driver, device);
        driver.Check(driver.RetainPrimaryContext(out context.handle, device), "cuDevicePrimaryCtxRetain", $"device {ordinal}");
        return context;
    }

    /// <summary>Makes the context this thread's current one until the value is disposed.</summary>
    /// <param name="throws"><c>false</c> while releasing: a context that is lost must not stop a finalizer.</param>
    public Current MakeCurrent(bool throws = true)
    {
        int code = Driver.PushContext(handle);
        if (throws) Driver.Check(code, "cuCtxPushCurrent");
        return new Current(code == 0 ? Driver : null);
    }

    /// <summary>Bytes that are free, as the driver says.</summary>
    public long FreeBytes()
    {
        using var current = MakeCurrent();
        Driver.Check(Driver.GetMemoryInfo(out nuint free, out _), "cuMemGetInfo");
        return (long)free;
    }

    protected override bool ReleaseHandle() => Driver.ReleasePrimaryContext(_device) == 0;

    /// <summary>While it lives, the context is current.</summary>
    public readonly ref struct Current(ICudaDriver? pushed)
    {
        readonly ICudaDriver? _pushed = pushed;

        public void Dispose() => _pushed?.PopContext();
    }
}
