using System.Text;
using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class SafetensorsHeaderTests
{
    static readonly Dictionary<string, string> NumpyNames = new()
    {
        ["float64"] = "F64", ["float32"] = "F32", ["float16"] = "F16", ["bfloat16"] = "BF16", ["int64"] = "I64", ["int32"] = "I32",
        ["int16"] = "I16", ["int8"] = "I8", ["uint64"] = "U64", ["uint32"] = "U32", ["uint16"] = "U16", ["uint8"] = "U8", ["bool"] = "BOOL",
    };

    [Fact]
    public void The_embedded_files_load_or_fail_as_their_manifest_says() => CheckAll(SafetensorsCases.Embedded, atLeast: 20);

    [Fact]
    public void All_made_files_load_or_fail_as_their_manifest_says() => CheckAll(SafetensorsCases.All, atLeast: 63);

    static void CheckAll(string folder, int atLeast)
    {
        int seen = 0;
        foreach (var (path, expected) in SafetensorsCases.In(folder))
        {
            seen++;
            using var stream = File.OpenRead(path);
            if (expected.GetProperty("valid").GetBoolean()) CheckValid(SafetensorsHeader.Read(stream, path), expected, path);
            else
            {
                var e = Assert.Throws<RoastException>(() => SafetensorsHeader.Read(stream, path));
                Assert.True(e.Kind == RoastError.BadFile && e.Message.StartsWith(path + ": ", StringComparison.Ordinal) && e.Message.Contains("; expected "), e.Message);
            }
        }
        Assert.True(seen >= atLeast, $"{folder} has {seen} files, expected at least {atLeast}.");
    }

    static void CheckValid(SafetensorsHeader header, JsonElement expected, string path)
    {
        var tensors = expected.GetProperty("tensors").EnumerateObject().ToArray();
        Assert.Equal(tensors.Length, header.Tensors.Count);
        foreach (var tensor in tensors)
        {
            var entry = header.Tensors[tensor.Name];
            Assert.True(NumpyNames[tensor.Value.GetProperty("dtype").GetString()!] == entry.Type.Name(), $"{path}: {tensor.Name} is {entry.Type}");
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64()), entry.Shape);
            Assert.Equal(entry.Bytes * 8, entry.Elements * entry.Type.Bits());
        }
        var metadata = expected.GetProperty("metadata") is { ValueKind: JsonValueKind.Object } o ? o.EnumerateObject().ToDictionary(x => x.Name, x => x.Value.GetString()!) : [];
        Assert.Equal(metadata, header.Metadata);
    }

    static SafetensorsHeader Read(string json, int dataBytes = 0) => SafetensorsHeader.Read(new MemoryStream(Made(json, dataBytes)), "made");

    static byte[] Made(string json, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[dataBytes]];
    }

    static string Refused(string json, int dataBytes = 0)
    {
        var e = Assert.Throws<RoastException>(() => Read(json, dataBytes));
        Assert.Equal(RoastError.BadFile, e.Kind);
        return e.Message;
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}""", "negative")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0e0],"data_offsets":[0,0]}}""", "fraction")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "'dtype'")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"1"}}""", "'k'")]
    [InlineData("""{"__metadata__":null}""", "object")]
    [InlineData("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}""", "F4")]
    [InlineData("{}\n", "spaces")]
    [InlineData("{}{}", "spaces")]
    [InlineData("{/* why */}", "not JSON")]
    [InlineData("{", "not JSON")]
    public void What_the_format_does_not_allow_is_refused_with_its_place(string json, string named) => Assert.Contains(named, Refused(json, json.Contains("[0,1]") ? 1 : 0));

    [Fact]
    public void Elements_smaller_than_a_byte_are_counted_in_bits()
    {
        var header = Read("""{"a":{"dtype":"F4","shape":[2,3],"data_offsets":[0,3]},"b":{"dtype":"F6_E2M3","shape":[4],"data_offsets":[3,6]}}""", 6);
        Assert.Equal((6, 4), (header.Tensors["a"].Elements, header.Tensors["b"].Elements));
    }

    [Fact]
    public void One_dimension_more_than_the_limit_is_refused()
    {
        string Shape(int rank) => $$"""{"a":{"dtype":"U8","shape":[{{string.Join(",", Enumerable.Repeat(1, rank))}}],"data_offsets":[0,1]} }""";
        Assert.Equal(SafetensorsHeader.MaxRank, Read(Shape(SafetensorsHeader.MaxRank), 1).Tensors["a"].Shape.Length);
        Assert.Contains("more than 64", Refused(Shape(SafetensorsHeader.MaxRank + 1), 1));
    }

    [Fact]
    public void Entries_come_in_the_order_of_their_bytes_and_the_stream_stands_at_the_data()
    {
        using var stream = new MemoryStream(SafetensorsCases.Bytes("order_differs.safetensors"));
        var header = SafetensorsHeader.Read(stream, "order_differs");
        Assert.Equal(header.Entries.OrderBy(x => x.Begin), header.Entries);
        Assert.Equal(header.DataStart, stream.Position);
        Assert.NotEqual(header.Tensors.Keys, header.Entries.Select(x => x.Name));
    }

    [Fact]
    public void A_name_from_the_file_appears_in_messages_short_and_without_control_characters()
    {
        string message = Refused($$"""{"\u001b[31m{{new string('x', 500)}}":1}""");
        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 1, 400);
    }

    [Fact]
    public void A_type_has_one_name_and_every_name_reads_back()
    {
        foreach (var type in SafetensorsTypes.All)
        {
            Assert.True(SafetensorsTypes.TryParse(type.Name(), out var read) && read == type);
            Assert.InRange(type.Bits(), 4, 64);
        }
        Assert.False(SafetensorsTypes.TryParse("f32", out _) || SafetensorsTypes.TryParse(null, out _));
    }
}
