namespace Roast.Cuda.Kernels;

/// <summary>The PTX that travels inside this assembly.</summary>
internal static class KernelImages
{
    /// <summary>A module's PTX, zero-terminated as the driver wants it.</summary>
    public static byte[] Load(string module)
    {
        using var stream = typeof(KernelImages).Assembly.GetManifestResourceStream($"{module}.ptx")
            ?? throw new InvalidOperationException($"Roast.Cuda was built without {module}.ptx.");
        var text = new byte[stream.Length + 1];
        stream.ReadExactly(text, 0, text.Length - 1);
        return text;
    }
}
