using System.Runtime.InteropServices;
using Roast.Formats;
using Roast.TestSupport;

namespace Roast.Tests.Integration.Graph;

/// <summary>A tiny-random model whose weights were changed or stored in another type, in a temporary folder of its own.</summary>
sealed class RewrittenModel : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("roast-rewritten-").FullName;

    /// <param name="source">The folder that config and weights come from.</param>
    /// <param name="type">F32, F16 or BF16: how every tensor is stored.</param>
    /// <param name="change">New values of a tensor, by its name; <c>null</c>: as they are.</param>
    public RewrittenModel(string source, SafetensorsType type, Func<string, float[], float[]>? change = null)
    {
        foreach (string name in new[] { "config.json", "generation_config.json" }) File.Copy(Path.Combine(source, name), Path.Combine(Folder, name));
        var weights = Golden.Open(Path.Combine(source, "model.safetensors"));
        using var stream = File.Create(Path.Combine(Folder, "model.safetensors"));
        SafetensorsWriter.Write(stream, [.. weights.Names.Select(name => new SafetensorsTensor(name, type, [.. weights.Shape(name).Select(n => (long)n)], Bytes(change?.Invoke(name, weights[name]) ?? weights[name], type)))]);
    }

    /// <summary>The value that is left of a float in a type.</summary>
    public static float Rounded(float x, SafetensorsType type) => type switch
    {
        SafetensorsType.F16 => (float)(Half)x,
        SafetensorsType.BF16 => BitConverter.Int32BitsToSingle(Upper(x) << 16),
        _ => x,
    };

    static byte[] Bytes(float[] values, SafetensorsType type) => type switch
    {
        SafetensorsType.F16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, x => (Half)x)).ToArray(),
        SafetensorsType.BF16 => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, x => (ushort)Upper(x))).ToArray(),
        _ => MemoryMarshal.AsBytes<float>(values).ToArray(),
    };

    // The upper half, rounded to nearest even; the weights are finite.
    static int Upper(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return (int)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
