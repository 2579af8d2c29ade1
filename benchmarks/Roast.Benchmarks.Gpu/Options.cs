using Roast.Cuda;

namespace Roast.Benchmarks.Gpu;

/// <summary>The command line.</summary>
sealed record Options(LauncherKind Kind, int? Device, string? Out)
{
    public static Options? Parse(string[] args)
    {
        var options = new Options(LauncherKind.Cuda, null, null);
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--managed-cuda") options = options with { Kind = LauncherKind.ManagedCuda };
            else if (args[i] == "--device" && i + 1 < args.Length && int.TryParse(args[++i], out int device) && device >= 0) options = options with { Device = device };
            else if (args[i] == "--out" && i + 1 < args.Length) options = options with { Out = args[++i] };
            else return null;
        }
        return options;
    }
}
