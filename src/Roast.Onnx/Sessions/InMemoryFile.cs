using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace Roast.Onnx.Sessions;

/// <summary>
/// Gives a session the content of a file of external data, without a copy. ONNX Runtime's C API has this and its C# API has not, so it is called here, as the
/// C# API calls the others: by its place in the table of functions, which never changes (onnxruntime_c_api.h, version 18 and later).
/// </summary>
/// <remarks>Unlike a weight of <c>AddInitializer</c>, such a one is there while ONNX Runtime optimizes: float16 weights are converted then, on the CPU.</remarks>
internal static unsafe partial class InMemoryFile
{
    const string Library = "onnxruntime";
    const uint ApiVersion = 18;
    const int GetErrorMessage = 2, ReleaseStatus = 93, AddExternalInitializersFromFilesInMemory = 279;

    /// <summary>Adds a file. Its memory must stay as it is until every session that was opened with the options is closed.</summary>
    /// <param name="options">The session's options.</param>
    /// <param name="name">The location that the graph's initializers state.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>: ONNX Runtime refused it.</exception>
    public static void Add(SessionOptions options, string name, NativeBuffer<byte> content)
    {
        options.AddSessionConfigEntry("session.use_external_initializer_file_buffers_directly", "1");
        nint* api = ((delegate* unmanaged[Cdecl]<uint, nint*>)OrtGetApiBase()[0])(ApiVersion);
        if (api == null) throw new RoastException(RoastError.Runtime, $"This ONNX Runtime has no API of version {ApiVersion}; weights that are converted in memory need 1.18 or newer.");
        byte[] path = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(name + '\0') : Encoding.UTF8.GetBytes(name + '\0');     // ORTCHAR_T
        nint address = content.Address;
        nuint length = (nuint)content.Length;
        bool held = false;
        try
        {
            options.DangerousAddRef(ref held);
            fixed (byte* first = path)
            {
                byte* text = first;
                nint status = ((delegate* unmanaged[Cdecl]<nint, byte**, nint*, nuint*, nuint, nint>)api[AddExternalInitializersFromFilesInMemory])(options.DangerousGetHandle(), &text, &address, &length, 1);
                if (status == 0) return;
                string message = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)api[GetErrorMessage])(status)) ?? "";
                ((delegate* unmanaged[Cdecl]<nint, void>)api[ReleaseStatus])(status);
                throw new RoastException(RoastError.Runtime, $"ONNX Runtime refused the converted weights: {message} Export the model in fp16 and open that folder.");
            }
        }
        finally
        {
            if (held) options.DangerousRelease();
        }
    }

    [LibraryImport(Library)] private static partial nint* OrtGetApiBase();
}
