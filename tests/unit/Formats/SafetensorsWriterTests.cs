using System.Text;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class SafetensorsWriterTests
{
    static byte[] Written(IReadOnlyList<SafetensorsTensor> tensors, Dictionary<string, string>? metadata = null)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    [Fact]
    public void The_bytes_are_these()
    {
        byte[] bytes = Written([SafetensorsTensor.Float32("resid_post.0", [1f])], new() { ["b"] = "2", ["a"] = "é" });
        const string Header = """{"__metadata__":{"a":"é","b":"2"},"resid_post.0":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        string padded = Header + new string(' ', (8 - Encoding.UTF8.GetByteCount(Header) % 8) % 8);
        Assert.Equal([.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(padded)), .. Encoding.UTF8.GetBytes(padded), 0, 0, 0x80, 0x3f], bytes);
    }

    [Fact]
    public void What_is_written_is_read_with_every_name_shape_and_value()
    {
        SafetensorsTensor[] tensors =
        [
            SafetensorsTensor.Float32("", [1, 2, 3, 4, 5, 6], 2, 3), SafetensorsTensor.Float32("ключ.😀 \"\\\n", [float.NaN]),
            new("scalar", SafetensorsType.F32, [], new byte[4]), new("none", SafetensorsType.I64, [0, 7], default), new("half a byte", SafetensorsType.F4, [2], new byte[1]),
        ];
        var metadata = new Dictionary<string, string> { ["k"] = "\u0001\"\\/ <é😀>", [""] = "" };
        var reader = new SafetensorsReader(new MemoryStream(Written(tensors, metadata)), "made");
        Assert.Equal(metadata.OrderBy(x => x.Key), reader.Header.Metadata.OrderBy(x => x.Key));
        Assert.Equal(tensors.Select(x => x.Name), reader.Header.Entries.OrderBy(x => Array.FindIndex(tensors, t => t.Name == x.Name)).Select(x => x.Name));
        foreach (var tensor in tensors)
        {
            Assert.Equal(tensor.Shape, reader.Header.Tensors[tensor.Name].Shape);
            Assert.Equal(tensor.Bytes.ToArray(), reader.ReadBytes(tensor.Name));
        }
    }

    [Fact]
    public void The_data_begins_at_a_multiple_of_eight_whatever_the_header()
    {
        for (int length = 0; length < 20; length++)
            Assert.Equal(0, SafetensorsHeader.Read(new MemoryStream(Written([SafetensorsTensor.Float32(new string('n', length), [1])])), "made").DataStart % 8);
    }

    [Fact]
    public void Names_and_shapes_that_no_reader_would_take_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => Written([SafetensorsTensor.Float32("a", [1]), SafetensorsTensor.Float32("a", [1])]));
        Assert.Throws<ArgumentException>(() => Written([SafetensorsTensor.Float32("__metadata__", [1])]));
        Assert.Throws<ArgumentException>(() => Written([SafetensorsTensor.Float32("a", [1, 2, 3], 2)]));
        Assert.Throws<ArgumentException>(() => Written([new("a", SafetensorsType.F4, [1], new byte[1])]));
        Assert.Throws<ArgumentException>(() => Written([new("a", SafetensorsType.U8, [-1, -1], new byte[1])]));
        Assert.Throws<ArgumentException>(() => Written([new("a", SafetensorsType.U8, [1L << 40, 1L << 40], new byte[1])]));
    }

    [Fact]
    public void A_file_of_the_reference_writer_is_written_again_with_the_same_tensors()
    {
        var reader = new SafetensorsReader(new MemoryStream(SafetensorsCases.Bytes("metadata.safetensors")), "metadata");
        var again = new SafetensorsReader(new MemoryStream(Written(
            [.. reader.Header.Entries.Select(x => new SafetensorsTensor(x.Name, x.Type, x.Shape, reader.ReadBytes(x.Name)))], new(reader.Header.Metadata))), "again");
        foreach (var entry in reader.Header.Entries) Near.SameBits(reader.ReadFloat32(entry.Name), again.ReadFloat32(entry.Name), entry.Name);
    }
}
