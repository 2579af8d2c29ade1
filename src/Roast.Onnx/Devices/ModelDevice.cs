namespace Roast.Onnx;

/// <summary>
/// Where a model runs: what is asked for, not the device itself. Each model that is opened with it has memory and a queue of its own there.
/// <see cref="Cpu"/> is here; <c>CudaModelDevice</c> of Roast.Cuda names a CUDA device.
/// </summary>
public abstract record ModelDevice
{
    internal ModelDevice() { }

    /// <summary>The processor: the default.</summary>
    public static ModelDevice Cpu { get; } = new CpuModelDevice();

    /// <summary>Opens the device for one model.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Device"/>: it cannot be used.</exception>
    internal abstract Devices.RowDevice Open();

    sealed record CpuModelDevice : ModelDevice
    {
        internal override Devices.RowDevice Open() => new Devices.HostDevice();

        public override string ToString() => "cpu";
    }
}
