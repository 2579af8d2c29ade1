using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>Turns GenAI's results into exceptions, and frees them.</summary>
internal static unsafe class OgaError
{
    /// <summary>Throws where a call failed; the message carries GenAI's own words.</summary>
    /// <param name="result">What the call returned; 0: it succeeded.</param>
    /// <param name="what">What was done, to read after "while".</param>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>.</exception>
    public static void ThrowIfFailed(nint result, string what)
    {
        if (result == 0) return;
        string words = Marshal.PtrToStringUTF8((nint)Oga.OgaResultGetError(result)) ?? "";
        Oga.OgaDestroyResult(result);
        throw new RoastException(RoastError.Runtime, $"ONNX Runtime GenAI failed while {what}: {words.Trim()}");
    }
}
