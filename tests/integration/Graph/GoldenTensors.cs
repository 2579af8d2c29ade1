using System.Runtime.InteropServices;
using Roast.Formats;

namespace Roast.Tests.Integration.Graph;

/// <summary>The tensors of a golden.safetensors.</summary>
sealed class GoldenTensors(string path)
{
    readonly byte[] _bytes = File.ReadAllBytes(path);
    readonly SafetensorsHeader _header = ReadHeader(path);

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(Bytes(name, SafetensorsType.F32)).ToArray();

    public long[] Integers(string name) => MemoryMarshal.Cast<byte, long>(Bytes(name, SafetensorsType.I64)).ToArray();

    public long[] Shape(string name) => [.. _header.Tensors[name].Shape];

    ReadOnlySpan<byte> Bytes(string name, SafetensorsType type)
    {
        var entry = _header.Tensors[name];
        if (entry.Type != type) throw new InvalidOperationException($"{path}: {name} is {entry.Type}, the test wants {type}.");
        return _bytes.AsSpan(checked((int)(_header.DataStart + entry.Begin)), checked((int)entry.Bytes));
    }

    static SafetensorsHeader ReadHeader(string path)
    {
        using var stream = File.OpenRead(path);
        return SafetensorsHeader.Read(stream, path);
    }
}
