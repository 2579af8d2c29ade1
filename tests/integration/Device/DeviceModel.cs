using Roast.Cuda;
using Roast.Onnx;
using Roast.TestSupport;

namespace Roast.Tests.Integration.Device;

/// <summary>The device path over the CPU twins: every line that a card would run but the driver's own.</summary>
static class DeviceModel
{
    public static RuntimeOptions Twins(bool recordSteps = false, CountingLauncher? launcher = null) =>
        new() { Device = new CudaModelDevice { Launcher = () => launcher ?? new CountingLauncher(), RecordSteps = recordSteps } };

    /// <summary>The default model on the twins.</summary>
    public static SteerableModel Open(RuntimeOptions? options = null) => SteerableModel.Open(Repository.DefaultModel, options ?? Twins());
}
