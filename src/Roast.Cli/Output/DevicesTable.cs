using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>devices</c> shows to people.</summary>
internal static class DevicesTable
{
    public static void Write(DevicesResult x, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
        Add(table, "processor", $"{x.Cpu.Architecture}, {x.Cpu.Cores} cores, {x.Cpu.VectorBits}-bit vectors");
        Add(table, "ONNX Runtime", $"{x.OnnxRuntime}: {string.Join(", ", x.ExecutionProviders)}");
        Add(table, "CUDA driver", x.Cuda.DriverVersion is { } version ? $"serves CUDA {version}" : "none");
        foreach (var device in x.Cuda.Devices)
        {
            Add(table, $"CUDA device {device.Device}", string.Create(CultureInfo.InvariantCulture,
                $"{device.Name}, compute capability {device.ComputeCapability}, {device.MemoryBytes / (double)(1L << 30):F1} GiB, {device.Multiprocessors} multiprocessors{(device.Usable ? "" : $"; not usable: {device.WhyNot}")}"));
        }
        if (x.Cuda.WhyNone is { } why) Add(table, "CUDA devices", why);
        Add(table, "CUDA launchers", string.Join(", ", x.Cuda.Launchers));
        console.Write(table);
    }

    static void Add(Table table, string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
}
