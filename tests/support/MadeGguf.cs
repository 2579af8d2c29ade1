using System.Runtime.InteropServices;
using System.Text;

namespace Roast.TestSupport;

/// <summary>
/// Writes GGUF files for tests, by itself: what is read must not pass through the code that it tests. Also wrong ones: what a
/// method is given is written as it is.
/// </summary>
public sealed class MadeGguf
{
    readonly List<byte[]> _keys = [];
    readonly List<(string Name, uint Type, ulong[] FastestFirst, byte[] Bytes, ulong? Offset)> _tensors = [];

    public uint Version { get; init; } = 3;

    public int Alignment { get; init; } = 32;

    /// <summary>Claimed in place of the real numbers.</summary>
    public ulong? KeyCount { get; init; }

    public ulong? TensorCount { get; init; }

    /// <summary>A key whose value is given as type and bytes.</summary>
    public MadeGguf Key(string key, uint type, params byte[] value)
    {
        _keys.Add([.. Text(key), .. BitConverter.GetBytes(type), .. value]);
        return this;
    }

    public MadeGguf Key(string key, string text) => Key(key, 8, Text(text));

    public MadeGguf Key(string key, uint number) => Key(key, 4, BitConverter.GetBytes(number));

    public MadeGguf Key(string key, float number) => Key(key, 6, BitConverter.GetBytes(number));

    public MadeGguf Key(string key, bool flag) => Key(key, 7, flag ? (byte)1 : (byte)0);

    public MadeGguf Key(string key, IReadOnlyCollection<string> texts) => Key(key, 9, [.. Array(8, texts.Count), .. texts.SelectMany(Text)]);

    public MadeGguf Key(string key, float[] numbers) => Key(key, 9, [.. Array(6, numbers.Length), .. MemoryMarshal.AsBytes<float>(numbers)]);

    public MadeGguf Key(string key, int[] numbers) => Key(key, 9, [.. Array(5, numbers.Length), .. MemoryMarshal.AsBytes<int>(numbers)]);

    /// <summary>A tensor of any type; the shape is given slowest first.</summary>
    public MadeGguf Tensor(string name, uint type, long[] shape, byte[] bytes, ulong? offset = null)
    {
        _tensors.Add((name, type, [.. shape.Reverse().Select(dimension => (ulong)dimension)], bytes, offset));
        return this;
    }

    /// <summary>A float32 tensor.</summary>
    public MadeGguf Tensor(string name, long[] shape, float[] values) => Tensor(name, 0, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    public static byte[] Array(uint type, long length) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(length)];

    public static byte[] Text(string text) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public byte[] ToBytes(int extra = 0)
    {
        var head = new MemoryStream();
        head.Write("GGUF"u8);
        head.Write(BitConverter.GetBytes(Version));
        head.Write(BitConverter.GetBytes(TensorCount ?? (ulong)_tensors.Count));
        head.Write(BitConverter.GetBytes(KeyCount ?? (ulong)_keys.Count));
        foreach (byte[] key in _keys) head.Write(key);
        var data = new MemoryStream();
        foreach (var (name, type, dimensions, bytes, offset) in _tensors)
        {
            Pad(data);
            head.Write(Text(name));
            head.Write(BitConverter.GetBytes((uint)dimensions.Length));
            foreach (ulong dimension in dimensions) head.Write(BitConverter.GetBytes(dimension));
            head.Write(BitConverter.GetBytes(type));
            head.Write(BitConverter.GetBytes(offset ?? (ulong)data.Length));
            data.Write(bytes);
        }
        if (_tensors.Count > 0) Pad(head);
        return [.. head.ToArray(), .. data.ToArray(), .. new byte[extra]];
    }

    void Pad(MemoryStream stream)
    {
        while (stream.Length % Alignment != 0) stream.WriteByte(0);
    }
}
