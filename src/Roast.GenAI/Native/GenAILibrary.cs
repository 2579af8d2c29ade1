using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>
/// The native library, loaded on first use and then kept: a process has one. An attempt that fails leaves nothing behind, so that a
/// later one with a better path succeeds.
/// </summary>
internal static class GenAILibrary
{
    /// <summary>The name in the LibraryImport declarations.</summary>
    public const string Name = "onnxruntime-genai";

    /// <summary>Names the library's file, or the folder that it lies in.</summary>
    public const string Variable = "ROAST_GENAI_LIBRARY";

    static readonly Lock Gate = new();
    static nint _handle;

    /// <summary>The file that was loaded; <c>null</c>: none yet.</summary>
    public static string? LoadedFrom { get; private set; }

    /// <summary>Loads the library where that has not been done.</summary>
    /// <param name="path">A file or a folder; <c>null</c>: <see cref="Variable"/>, else the system's usual places.</param>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/>: no file could be loaded. <see cref="RoastError.Unsupported"/>: one of another version, or another one is loaded already.</exception>
    public static void Require(string? path)
    {
        lock (Gate)
        {
            if (_handle != 0)
            {
                if (path is not null && Resolve(path) != LoadedFrom)
                    throw new RoastException(RoastError.Unsupported, $"{path}: this process uses {LoadedFrom} already, and GenAI is loaded once per process. Leave the path out, or start a new process.");
                return;
            }
            var (file, handle) = LoadNew(path);
            (_handle, LoadedFrom) = (handle, file);
            NativeLibrary.SetDllImportResolver(typeof(GenAILibrary).Assembly, static (name, _, _) => name == Name ? _handle : 0);
            // Without this the library's globals are destroyed in any order at the end of the process.
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => { if (OgaHandle.Alive == 0) Oga.OgaShutdown(); };
        }
    }

    /// <summary>Loads and checks a library without making it this process's one.</summary>
    internal static (string File, nint Handle) LoadNew(string? path)
    {
        OrtBridge.Prepare();                                // before the library is loaded: where it finds no ONNX Runtime then, it ends the process
        var (file, handle) = Load(path);
        try
        {
            Exports.Check(handle, file);
            return (file, handle);
        }
        catch
        {
            NativeLibrary.Free(handle);
            throw;
        }
    }

    static (string File, nint Handle) Load(string? path)
    {
        var tried = new List<string>();
        foreach (string candidate in Candidates(path))
        {
            // Our own words first: a loader's message on a missing file differs from system to system.
            if (Path.IsPathRooted(candidate) && !File.Exists(candidate)) { tried.Add($"{candidate}: there is no such file"); continue; }
            try { return (candidate, NativeLibrary.Load(candidate)); }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException) { tried.Add($"{candidate}: {OneLine(e.Message)}"); }
        }
        throw new RoastException(RoastError.NotFound, $"ONNX Runtime GenAI's library could not be loaded. Tried: {string.Join("; ", tried)}. " +
            $"Install GenAI {Exports.Version} and name its library by --genai-library, {nameof(GenAIOptions)}.{nameof(GenAIOptions.LibraryPath)} or {Variable}.");
    }

    static IEnumerable<string> Candidates(string? path)
    {
        path ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;
        if (path is not null) return [Resolve(path)];
        string beside = Path.Combine(AppContext.BaseDirectory, FileName);
        return [beside, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName), FileName];
    }

    static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        return Directory.Exists(full) ? Path.Combine(full, FileName) : full;
    }

    static string FileName => OperatingSystem.IsWindows() ? "onnxruntime-genai.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime-genai.dylib" : "libonnxruntime-genai.so";

    static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
}
