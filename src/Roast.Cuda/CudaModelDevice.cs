using Microsoft.ML.OnnxRuntime;
using Roast.Cuda.Rows;
using Roast.Onnx;
using Roast.Onnx.Devices;

namespace Roast.Cuda;

/// <summary>A CUDA device as the place where a model runs: <c>new RuntimeOptions { Device = new CudaModelDevice() }</c>. Immutable; vary it using <c>with</c>.</summary>
/// <remarks>
/// Keys and values, taps, ports, captures and a fit's sums stay on the device. A step sends token ids, and what changed of the steering, and brings back
/// token ids, or the logits where the host samples. The model computes in float16, since attention on CUDA takes nothing else: a Hugging Face folder or .gguf file is converted as it is opened, an ONNX folder must be an export in fp16.
/// </remarks>
public sealed record CudaModelDevice : ModelDevice
{
    /// <summary>The device's number, as <c>roast devices</c> shows it. <c>null</c>: the first usable one.</summary>
    public int? Ordinal { get; init { if (value is { } number) ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(Ordinal)); field = value; } }

    /// <summary>Where the device cannot be used, run on the CPU; <see cref="SteerableModel.DeviceNote"/> says why. Default: that is an error.</summary>
    public bool AllowCpuFallback { get; init; }

    /// <summary>
    /// Record the steps of rows that decode as CUDA graphs, one per number of rows, and replay them: fewer launches for small models. Default no: a session
    /// keeps every graph that it recorded until the model is closed, so this is for few long runs, and ONNX Runtime refuses a model of which
    /// any node is left to the CPU.
    /// </summary>
    public bool RecordSteps { get; init; }

    /// <summary>Instead of the driver's launcher: the twins, for tests.</summary>
    internal Func<IKernelLauncher>? Launcher { get; init; }

    /// <summary><c>cuda:0</c>, or <c>cuda</c> for the first usable device.</summary>
    public override string ToString() => Ordinal is { } number ? $"cuda:{number}" : "cuda";

    internal override RowDevice Open()
    {
        if (Launcher is not null) return new CudaRows(Launcher(), 0, RecordSteps);
        try
        {
            return OpenCuda();
        }
        catch (CudaException e) when (AllowCpuFallback)
        {
            return new HostDevice($"The model runs on the CPU: {e.Message}");
        }
    }

    CudaRows OpenCuda()
    {
        CudaProvider.Require(ExecutionProviders.Available);
        var device = KernelLaunchers.Find(Ordinal);
        var rows = new CudaRows(KernelLaunchers.Open(LauncherKind.Cuda, device.Ordinal), device.Ordinal, RecordSteps);
        try
        {
            using var probe = new SessionOptions();          // now, not at the first session: libraries of the provider's may be missing
            rows.Configure(probe);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}
