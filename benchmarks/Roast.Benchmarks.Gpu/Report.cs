using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>The results as Markdown. Names the card and the driver; no host name, no user, no path.</summary>
sealed class Report(string device, Version driver, IReadOnlyList<CudaDevice> devices)
{
    readonly StringBuilder _bandwidths = new(), _others = new();

    /// <summary>A kernel's bandwidth beside the copy measured right before it.</summary>
    public void Bandwidth(string kernel, string shape, double gigabytesPerSecond, double copy) =>
        _bandwidths.Append(CultureInfo.InvariantCulture, $"| {kernel} | {shape} | {gigabytesPerSecond:F0} | {copy:F0} | {100 * gigabytesPerSecond / copy:F0} % |\n");

    public void Other(string what, string value) => _others.Append($"| {what} | {value} |\n");

    public override string ToString() => $"""
        # Kernels on {device}

        Driver serves CUDA {driver}; {string.Join("; ", devices.Select(x => $"{x.Name}, compute capability {x.Capability}, {x.Multiprocessors} multiprocessors"))}.
        {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}. Program: benchmarks/Roast.Benchmarks.Gpu; the best of 7 rounds.
        Bandwidth counts the bytes that the work has to move; the copy (device to device, read and written) was measured right before each kernel. Goal: 85 % (DESIGN 8).

        | kernel | shape | GB/s | copy GB/s | share |
        |---|---|---:|---:|---:|
        {_bandwidths}
        | what | measured |
        |---|---:|
        {_others}
        """;
}
