using System.Globalization;
using Roast.Onnx;

namespace Roast.Cuda;

/// <summary>Devices as a person names them.</summary>
public static class ModelDevices
{
    const string Cuda = "cuda";

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> (the first usable device) or <c>cuda:N</c>. Nothing is opened.</summary>
    /// <param name="text">One of these; exact.</param>
    /// <param name="allowCpuFallback">See <see cref="CudaModelDevice.AllowCpuFallback"/>; means nothing for <c>cpu</c>.</param>
    /// <exception cref="FormatException">Another text; the message shows the three forms.</exception>
    public static ModelDevice Parse(string text, bool allowCpuFallback = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "cpu") return ModelDevice.Cpu;
        var device = new CudaModelDevice { AllowCpuFallback = allowCpuFallback };
        if (text == Cuda) return device;
        if (text.StartsWith($"{Cuda}:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return device with { Ordinal = number };
        throw new FormatException($"'{text}' is no device. Write cpu, cuda for the first usable device, or cuda:N with a number that 'roast devices' shows.");
    }
}
