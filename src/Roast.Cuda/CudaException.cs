namespace Roast.Cuda;

/// <summary>A CUDA driver or device that is missing, too old, or failed. <see cref="RoastException.Kind"/> is <see cref="RoastError.Device"/>.</summary>
/// <param name="code">The driver's number; 0 where the driver was not asked.</param>
/// <param name="codeName">The driver's name for it, such as <c>CUDA_ERROR_OUT_OF_MEMORY</c>.</param>
/// <param name="message">What, where, the driver's words, next.</param>
/// <param name="inner">The failure underneath, if there was one.</param>
public sealed class CudaException(int code, string codeName, string message, Exception? inner = null) : RoastException(RoastError.Device, message, inner)
{
    /// <summary>The driver's number for what happened; 0 where the driver was not asked.</summary>
    public int Code { get; } = code;

    /// <summary>The driver's name for what happened: <c>CUDA_ERROR_OUT_OF_MEMORY</c>; empty where the driver was not asked.</summary>
    public string CodeName { get; } = codeName;

    internal static CudaException Missing(string message, Exception? inner = null) => new(0, "", message, inner);
}
