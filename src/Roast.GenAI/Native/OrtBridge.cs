using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Roast.GenAI.Native;

/// <summary>
/// Makes GenAI use the ONNX Runtime of this process. On Linux and macOS it opens one by itself while it is loaded: the file that ORT_LIB_PATH
/// names, else whatever the loader finds as libonnxruntime.so, which would be a second runtime beside ours.
/// </summary>
internal static unsafe partial class OrtBridge
{
    const string OrtPath = "ORT_LIB_PATH", NoTelemetry = "ORT_DISABLE_TELEMETRY";

    /// <summary>Call before GenAI is loaded: its static initializers look for ONNX Runtime, and end the process where there is none.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsWindows()) return;            // there it is linked, and the name of a loaded module is enough
        // The C environment: .NET's own copy is invisible to native code. What the user has set stays.
        setenv(NoTelemetry, "1", 0);
        if (LoadedPath() is { } path) setenv(OrtPath, path, 0);
    }

    /// <summary>The file that our sessions run in; <c>null</c> where the system does not tell.</summary>
    public static string? LoadedPath()
    {
        _ = OrtEnv.Instance().GetVersionString();           // loads it
        var library = NativeLibrary.Load("onnxruntime", typeof(OrtEnv).Assembly, null);
        try
        {
            if (dladdr(NativeLibrary.GetExport(library, "OrtGetApiBase"), out var info) == 0) return null;
            return Marshal.PtrToStringUTF8(info.File);
        }
        finally { NativeLibrary.Free(library); }
    }

    struct SymbolInfo
    {
        public nint File, Base, Name, Address;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int dladdr(nint address, out SymbolInfo info);
}
