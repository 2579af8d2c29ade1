using System.CommandLine;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Cuda;

namespace Roast.Cli.Commands;

/// <summary><c>roast devices</c>.</summary>
internal static class DevicesCommand
{
    public static Command Create(View view)
    {
        var command = new Command("devices", "Shows what this build can run on: the processor, ONNX Runtime's execution providers, and CUDA devices or why there are none.");
        command.SetAction(_ =>
        {
            view.Show(DevicesResult.Of(CudaDevices.Discover()), JsonFace.Readable.DevicesResult, DevicesTable.Write);
            return ExitCode.Done;
        });
        return command;
    }
}
