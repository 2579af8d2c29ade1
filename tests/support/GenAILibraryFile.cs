using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Xunit;

namespace Roast.TestSupport;

/// <summary>
/// ONNX Runtime GenAI's native library: the file that ROAST_GENAI_LIBRARY names, else the one in shared/native, unpacked once into
/// the folder for temporary files.
/// </summary>
public static class GenAILibraryFile
{
    static readonly Lazy<string> Unpacked = new(() => Unpack(SharedData.Require("..", "native", "genai-linux-x64", "libonnxruntime-genai.so.gz")),
        LazyThreadSafetyMode.PublicationOnly);           // a skip is not kept: every test skips for itself

    /// <summary>The library's path; skips the test where there is none for this system, fails it where CI=true promises one.</summary>
    public static string Require()
    {
        if (Environment.GetEnvironmentVariable("ROAST_GENAI_LIBRARY") is { Length: > 0 } named) return Path.GetFullPath(named);
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Assert.Skip("shared/native has GenAI for Linux on x64 only; name another one in ROAST_GENAI_LIBRARY.");
        return Unpacked.Value;
    }

    /// <summary>The same for a program that is no test; <c>null</c> where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ROAST_GENAI_LIBRARY") is { Length: > 0 } named) return Path.GetFullPath(named);
        string packed = Path.Combine(SharedData.Root, "..", "native", "genai-linux-x64", "libonnxruntime-genai.so.gz");
        return OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && File.Exists(packed) ? Unpack(packed) : null;
    }

    static string Unpack(string packed)
    {
        string hash;
        using (var file = File.OpenRead(packed)) hash = Convert.ToHexStringLower(SHA256.HashData(file));
        string folder = Path.Combine(Path.GetTempPath(), $"roast-genai-{hash[..16]}"), target = Path.Combine(folder, "libonnxruntime-genai.so");
        if (File.Exists(target)) return target;
        Directory.CreateDirectory(folder);
        string half = Path.Combine(folder, Path.GetRandomFileName());
        using (var from = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress))
        using (var to = File.Create(half)) from.CopyTo(to);
        File.Move(half, target, overwrite: true);
        return target;
    }
}
