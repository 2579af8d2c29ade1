using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>
/// Whether a library is the one that the binding was written for. The C API has no call that tells its version, so what counts
/// is what it exports: every function that is called here, and two that came with 0.18.
/// </summary>
internal static class Exports
{
    /// <summary>The version that the binding was written and tested for.</summary>
    public const string Version = "0.18";

    static readonly string[] NewIn018 = ["OgaEngineGetCapabilities", "OgaMtpGenerator_Reset"];

    static readonly string[] Called =
    [
        "OgaShutdown", "OgaSetTelemetryEnabled", "OgaResultGetError", "OgaDestroyResult", "OgaDestroyString",
        "OgaCreateConfig", "OgaConfigOverlay", "OgaConfigAddModelData", "OgaDestroyConfig",
        "OgaCreateModelFromConfig", "OgaModelGetType", "OgaDestroyModel",
        "OgaCreateGeneratorParams", "OgaGeneratorParamsSetSearchNumber", "OgaGeneratorParamsSetSearchBool", "OgaDestroyGeneratorParams",
        "OgaCreateGenerator", "OgaGenerator_AppendTokens", "OgaGenerator_GenerateNextToken", "OgaGenerator_GetNextTokens", "OgaGenerator_IsDone",
        "OgaGenerator_GetLogits", "OgaGenerator_SetModelInput", "OgaGenerator_SetRuntimeOption", "OgaDestroyGenerator",
        "OgaCreateTensorFromBuffer", "OgaTensorGetData", "OgaTensorGetShapeRank", "OgaTensorGetShape", "OgaDestroyTensor",
        "OgaCreateAdapters", "OgaLoadAdapter", "OgaSetActiveAdapter", "OgaDestroyAdapters",
        "OgaSetLogBool", "OgaSetLogCallback",
    ];

    /// <summary>Refuses a library that lacks what is called.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>.</exception>
    public static void Check(nint library, string file) => Check(file, name => NativeLibrary.TryGetExport(library, name, out _));

    /// <summary>The same, of a library that is described by what it exports.</summary>
    internal static void Check(string file, Func<string, bool> exports)
    {
        string[] missing = [.. Called.Concat(NewIn018).Where(name => !exports(name))];
        if (missing.Length == 0) return;
        string found = missing.Length == Called.Length + NewIn018.Length ? "is no ONNX Runtime GenAI library" : "is another version of ONNX Runtime GenAI";
        throw new RoastException(RoastError.Unsupported, $"{file}: {found}: it lacks {string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? $" and {missing.Length - 3} more functions" : "")}. " +
            $"Expected GenAI {Version}: install that version, or name its library.");
    }
}
