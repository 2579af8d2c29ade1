using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Roast.Cuda.Rows;

/// <summary>ONNX Runtime's CUDA execution provider, through the managed API that both flavors' packages share.</summary>
internal static class CudaProvider
{
    const string Name = "CUDAExecutionProvider";

    /// <summary>Refuses a build of ONNX Runtime without the provider.</summary>
    /// <exception cref="CudaException">It has others only; the message names them.</exception>
    public static void Require(IReadOnlyList<string> available)
    {
        if (!available.Contains(Name))
            throw CudaException.Missing($"This build of ONNX Runtime has no {Name}; it has {string.Join(", ", available)}. Build Roast with -p:RoastFlavor=cuda, which takes the GPU build of ONNX Runtime, or run on the CPU (docs/cuda.md).");
    }

    /// <summary>What the provider is told. The stream is the launcher's, so runs, kernels and copies are in one order without an event.</summary>
    public static Dictionary<string, string> Settings(int ordinal, nint stream, bool records) => new()
    {
        ["device_id"] = ordinal.ToString(CultureInfo.InvariantCulture),
        ["has_user_compute_stream"] = "1",
        ["user_compute_stream"] = ((ulong)stream).ToString(CultureInfo.InvariantCulture),
        ["do_copy_in_default_stream"] = "1",
        ["arena_extend_strategy"] = "kSameAsRequested",      // keys and values are allocated beside its arena, which would take twice what it needs
        ["enable_cuda_graph"] = records ? "1" : "0",
    };

    /// <summary>Adds the provider to a session.</summary>
    /// <exception cref="CudaException">ONNX Runtime refused it, most often because a library of CUDA 12 or cuDNN 9 is missing.</exception>
    public static void Append(SessionOptions options, Dictionary<string, string> settings, string device)
    {
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(settings);
            options.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException e)
        {
            throw CudaException.Missing($"ONNX Runtime refused its CUDA provider on {device}: {e.Message} It needs the libraries of CUDA 12 and cuDNN 9 beside the driver (docs/cuda.md); without them, run on the CPU.", e);
        }
    }
}
