using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>The functions of ort_genai_c.h that are called, as they are there. A result that is not 0 is an error: <see cref="OgaError"/>.</summary>
internal static unsafe partial class Oga
{
    const string Lib = GenAILibrary.Name;

    [LibraryImport(Lib)] public static partial void OgaShutdown();
    [LibraryImport(Lib)] public static partial void OgaSetTelemetryEnabled([MarshalAs(UnmanagedType.U1)] bool enabled);
    [LibraryImport(Lib)] public static partial byte* OgaResultGetError(nint result);
    [LibraryImport(Lib)] public static partial void OgaDestroyResult(nint result);
    [LibraryImport(Lib)] public static partial void OgaDestroyString(byte* text);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaSetLogBool(string name, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Lib)] public static partial nint OgaSetLogCallback(delegate* unmanaged[Cdecl]<byte*, nuint, void> callback);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaCreateConfig(string folder, out nint config);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaConfigOverlay(OgaConfig config, string json);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaConfigAddModelData(OgaConfig config, string file, byte* data, nuint length);
    [LibraryImport(Lib)] public static partial void OgaDestroyConfig(nint config);

    [LibraryImport(Lib)] public static partial nint OgaCreateModelFromConfig(OgaConfig config, out nint model);
    [LibraryImport(Lib)] public static partial nint OgaModelGetType(OgaModel model, out byte* type);
    [LibraryImport(Lib)] public static partial void OgaDestroyModel(nint model);

    [LibraryImport(Lib)] public static partial nint OgaCreateGeneratorParams(OgaModel model, out nint parameters);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaGeneratorParamsSetSearchNumber(OgaParams parameters, string name, double value);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaGeneratorParamsSetSearchBool(OgaParams parameters, string name, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Lib)] public static partial void OgaDestroyGeneratorParams(nint parameters);

    [LibraryImport(Lib)] public static partial nint OgaCreateGenerator(OgaModel model, OgaParams parameters, out nint generator);
    [LibraryImport(Lib)] public static partial nint OgaGenerator_AppendTokens(OgaGenerator generator, int* ids, nuint count);
    [LibraryImport(Lib)] public static partial nint OgaGenerator_GenerateNextToken(OgaGenerator generator);
    [LibraryImport(Lib)] public static partial nint OgaGenerator_GetNextTokens(OgaGenerator generator, out int* tokens, out nuint count);
    [LibraryImport(Lib)] [return: MarshalAs(UnmanagedType.U1)] public static partial bool OgaGenerator_IsDone(OgaGenerator generator);
    [LibraryImport(Lib)] public static partial nint OgaGenerator_GetLogits(OgaGenerator generator, out nint tensor);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaGenerator_SetModelInput(OgaGenerator generator, string name, OgaTensor tensor);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaGenerator_SetRuntimeOption(OgaGenerator generator, string key, string value);
    [LibraryImport(Lib)] public static partial void OgaDestroyGenerator(nint generator);

    [LibraryImport(Lib)] public static partial nint OgaCreateTensorFromBuffer(void* data, long* shape, nuint rank, int type, out nint tensor);
    [LibraryImport(Lib)] public static partial nint OgaTensorGetData(OgaTensor tensor, out void* data);
    [LibraryImport(Lib)] public static partial nint OgaTensorGetShapeRank(OgaTensor tensor, out nuint rank);
    [LibraryImport(Lib)] public static partial nint OgaTensorGetShape(OgaTensor tensor, long* shape, nuint rank);
    [LibraryImport(Lib)] public static partial void OgaDestroyTensor(nint tensor);

    [LibraryImport(Lib)] public static partial nint OgaCreateAdapters(OgaModel model, out nint adapters);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaLoadAdapter(OgaAdapters adapters, string file, string name);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)] public static partial nint OgaSetActiveAdapter(OgaGenerator generator, OgaAdapters adapters, string name);
    [LibraryImport(Lib)] public static partial void OgaDestroyAdapters(nint adapters);
}
