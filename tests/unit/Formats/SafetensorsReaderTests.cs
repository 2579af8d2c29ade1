using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class SafetensorsReaderTests
{
    [Fact]
    public void The_embedded_files_have_the_bytes_and_values_of_their_manifest() => CheckAll(SafetensorsCases.Embedded, atLeast: 10);

    [Fact]
    public void All_valid_files_have_the_bytes_and_values_of_their_manifest() => CheckAll(SafetensorsCases.All, atLeast: 13);

    static void CheckAll(string folder, int atLeast)
    {
        int seen = 0;
        foreach (var (path, expected) in SafetensorsCases.In(folder).Where(x => x.Expected.GetProperty("valid").GetBoolean()))
        {
            seen++;
            using var stream = File.OpenRead(path);
            var reader = new SafetensorsReader(stream, path);
            foreach (var tensor in expected.GetProperty("tensors").EnumerateObject())
            {
                byte[] bytes = reader.ReadBytes(tensor.Name);
                Assert.Equal(tensor.Value.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
                if (!tensor.Value.TryGetProperty("float32_hex", out var hex)) continue;
                Near.SameBits(MemoryMarshal.Cast<byte, float>(Convert.FromHexString(hex.GetString()!)), reader.ReadFloat32(tensor.Name), path);
            }
        }
        Assert.True(seen >= atLeast, $"{folder} has {seen} valid files, expected at least {atLeast}.");
    }

    static SafetensorsReader Written(params SafetensorsTensor[] tensors)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors);
        return new SafetensorsReader(stream, "made");
    }

    static ReadOnlyMemory<byte> BytesOf<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    [Fact]
    public void Every_half_and_every_bfloat16_reads_as_the_float32_of_the_same_value()
    {
        ushort[] bits = [.. Enumerable.Range(0, 65536).Select(x => (ushort)x)];       // two chunks of the reader and more
        var reader = Written(new("f16", SafetensorsType.F16, [256, 256], BytesOf(bits)), new("bf16", SafetensorsType.BF16, [65536], BytesOf(bits)));
        Near.SameBits(Array.ConvertAll(bits, x => BitConverter.UInt32BitsToSingle((uint)x << 16)), reader.ReadFloat32("bf16"));
        float[] halves = reader.ReadFloat32("f16");
        for (int i = 0; i < bits.Length; i++) Assert.Equal((float)BitConverter.UInt16BitsToHalf(bits[i]), halves[i]);
    }

    [Fact]
    public void A_double_is_rounded_to_the_nearest_float32_and_overflows_to_infinity()
    {
        double[] values = [0.1, -0.0, 1e300, -1e300, double.NaN, 1 + Math.ScaleB(1, -24) + Math.ScaleB(1, -40), double.Epsilon];
        Near.SameBits(Array.ConvertAll(values, x => (float)x), Written(new SafetensorsTensor("f64", SafetensorsType.F64, [values.Length], BytesOf(values))).ReadFloat32("f64"));
    }

    [Fact]
    public void Integers_are_not_read_as_float32()
    {
        var e = Assert.Throws<RoastException>(() => Written(new SafetensorsTensor("i", SafetensorsType.I32, [1], new byte[4])).ReadFloat32("i"));
        Assert.Equal(RoastError.BadFile, e.Kind);
        Assert.Contains("I32; expected F32, F16, BF16 or F64", e.Message);
    }

    [Fact]
    public void A_missing_tensor_is_named_beside_one_that_is_there()
    {
        var e = Assert.Throws<RoastException>(() => Written(SafetensorsTensor.Float32("there", [1])).ReadFloat32("absent"));
        Assert.Contains("'absent'", e.Message);
        Assert.Contains("'there'", e.Message);
    }

    [Fact]
    public void A_destination_of_another_length_is_the_callers_mistake()
    {
        var reader = Written(SafetensorsTensor.Float32("x", [1, 2]));
        Assert.Throws<ArgumentException>(() => reader.ReadFloat32(reader.Header.Tensors["x"], new float[3]));
    }

    [Fact]
    public void A_file_that_shrinks_after_its_header_was_read_is_refused()
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [SafetensorsTensor.Float32("x", [1, 2])]);
        var reader = new SafetensorsReader(stream, "made");
        stream.SetLength(stream.Length - 1);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => reader.ReadFloat32("x")).Kind);
    }
}
