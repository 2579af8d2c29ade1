using System.Reflection;
using System.Runtime.InteropServices;

namespace Roast.Cuda.Driver;

/// <summary>Finds the driver's library: it comes with the driver, not with a package.</summary>
internal static class DriverLibrary
{
    /// <summary>What the imports name; <see cref="Resolve"/> knows the file.</summary>
    public const string Name = "roast-cuda-driver";

    static readonly string[] Files = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1"];
    static readonly Lazy<(nint Handle, string Tried)> Loaded = new(Open);

    static DriverLibrary() => NativeLibrary.SetDllImportResolver(typeof(DriverLibrary).Assembly, Resolve);

    /// <summary>Loads the library, once.</summary>
    /// <exception cref="CudaException">It is not there; the message has the loader's words.</exception>
    public static void Require()
    {
        if (Loaded.Value.Handle == 0)
            throw CudaException.Missing($"No CUDA driver: {Loaded.Value.Tried}. Install NVIDIA's driver (CUDA {CudaDevices.NeededDriver} or newer; the CUDA toolkit is not needed), or run on the CPU.");
    }

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Loaded.Value.Handle : 0;

    static (nint, string) Open()
    {
        List<string> tried = [];
        foreach (string file in Files)
        {
            try
            {
                return (NativeLibrary.Load(file), "");
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                tried.Add(Words(file, e.Message));
            }
        }
        return (0, string.Join("; ", tried));
    }

    /// <summary>What the system's loader said: .NET puts advice before it, and other paths after it.</summary>
    static string Words(string file, string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.FirstOrDefault(line => line.StartsWith(file, StringComparison.Ordinal)) ?? $"{file}: {lines[0]}").TrimEnd('.');
    }
}
