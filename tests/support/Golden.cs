using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Roast.TestSupport;

/// <summary>
/// A .safetensors file of expected values. Reads the format by itself: a golden must not pass through the code that it
/// tests. For trusted files of our own making only.
/// </summary>
public sealed class Golden
{
    readonly byte[] _bytes;
    readonly int _start;
    readonly Dictionary<string, (string Type, int[] Shape, int Begin, int End)> _tensors = [];

    Golden(string path)
    {
        (Path, _bytes) = (path, File.ReadAllBytes(path));
        int header = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(_bytes));
        _start = 8 + header;
        using var json = JsonDocument.Parse(_bytes.AsMemory(8, header));
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            if (entry.NameEquals("__metadata__"))
            {
                Metadata = entry.Value.EnumerateObject().ToDictionary(x => x.Name, x => x.Value.GetString()!);
                continue;
            }
            var offsets = entry.Value.GetProperty("data_offsets");
            _tensors.Add(entry.Name, (entry.Value.GetProperty("dtype").GetString()!,
                [.. entry.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())], offsets[0].GetInt32(), offsets[1].GetInt32()));
        }
    }

    /// <summary>Reads a whole file.</summary>
    public static Golden Open(string path) => new(path);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file's own words on where it came from.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>All tensors, in the order of the header.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Whether there is such a tensor.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>The dimensions of a tensor.</summary>
    public IReadOnlyList<int> Shape(string name) => Find(name).Shape;

    /// <summary>The stored type of a tensor: F32, F64, BF16, I64 and so on.</summary>
    public string Type(string name) => Find(name).Type;

    /// <summary>An F32, F16 or BF16 tensor, flat.</summary>
    public float[] this[string name] => Find(name).Type switch
    {
        "F32" => Values<float>(name),
        "F16" => Array.ConvertAll(Values<Half>(name), x => (float)x),
        "BF16" => Array.ConvertAll(Values<ushort>(name), x => BitConverter.Int32BitsToSingle(x << 16)),
        _ => throw Unexpected(name, "F32, F16 or BF16"),
    };

    /// <summary>An F64 tensor, or a narrower one widened, flat.</summary>
    public double[] Doubles(string name) => Find(name).Type == "F64" ? Values<double>(name) : Array.ConvertAll(this[name], x => (double)x);

    /// <summary>An integer or boolean tensor whose values fit into 32 bits, flat.</summary>
    public int[] Int32s(string name) => Find(name).Type switch
    {
        "I32" => Values<int>(name),
        "I64" => Array.ConvertAll(Values<long>(name), x => checked((int)x)),
        "U8" or "BOOL" => Array.ConvertAll(Values<byte>(name), x => (int)x),
        _ => throw Unexpected(name, "I32, I64, U8 or BOOL"),
    };

    /// <summary>An I64 tensor, flat: token ids as a graph takes them.</summary>
    public long[] Int64s(string name) => Find(name).Type == "I64" ? Values<long>(name) : throw Unexpected(name, "I64");

    /// <summary>The only value of an F32 tensor.</summary>
    public float Scalar(string name) => this[name] is [var value] ? value : throw Unexpected(name, "one value");

    T[] Values<T>(string name) where T : unmanaged
    {
        var (_, _, begin, end) = Find(name);
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_start + begin, end - begin)).ToArray();
    }

    (string Type, int[] Shape, int Begin, int End) Find(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor
        : throw new KeyNotFoundException($"{Path} has no tensor '{name}'; it has {string.Join(", ", _tensors.Keys.Take(20))}.");

    InvalidOperationException Unexpected(string name, string expected) =>
        new($"{Path}: '{name}' is {Find(name).Type} [{string.Join(", ", Find(name).Shape)}], expected {expected}.");
}
