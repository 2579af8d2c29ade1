using System.Security.Cryptography;
using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class GgufHeaderTests
{
    /// <summary>Well-formed files that are no control vector: what a header reader has to read.</summary>
    static readonly HashSet<string> WellFormed =
    [
        "direction_0", "direction_minus_1", "direction_text", "direction_overflow", "direction_no_number", "other_tensor", "layer_above_count", "f16_direction",
        "q8_direction", "two_dims", "mixed_widths", "missing_layer_count", "missing_model_hint", "missing_architecture", "wrong_architecture", "layer_count_text",
        "layer_count_negative", "no_tensors",
    ];

    [Fact]
    public void All_made_files_are_read_with_their_tensors_or_refused_as_their_damage_deserves()
    {
        (int read, int refused) = (0, 0);
        foreach (var (path, expected) in SafetensorsCases.In(SharedData.Require("vectors", "gguf-made")))
        {
            byte[] bytes = File.ReadAllBytes(path);
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (expected.GetProperty("valid").GetBoolean() || WellFormed.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                read++;
                var reader = new GgufReader(new MemoryStream(bytes), path);
                if (expected.TryGetProperty("tensors", out var tensors)) CheckTensors(reader, tensors);
            }
            else
            {
                refused++;
                var e = Assert.Throws<RoastException>(() => GgufHeader.Read(new MemoryStream(bytes), path));
                Assert.True(e.Kind == RoastError.BadFile && e.Message.StartsWith(path + ": ", StringComparison.Ordinal) && e.Message.Contains("; expected "), e.Message);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000 + 12 * bytes.Length);
            }
        }
        Assert.Equal((31, 40), (read, refused));
    }

    static void CheckTensors(GgufReader reader, JsonElement expected)
    {
        Assert.Equal(expected.EnumerateObject().Count(), reader.Header.Tensors.Count);
        foreach (var tensor in expected.EnumerateObject())
        {
            var entry = reader.Header.Tensors[tensor.Name];
            Assert.Equal("float32", tensor.Value.GetProperty("dtype").GetString());
            Assert.Equal(GgufType.F32, entry.Type);
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64()), entry.Shape);
            byte[] bytes = new byte[entry.Bytes];
            reader.ReadBytes(entry, 0, bytes);
            Assert.Equal(tensor.Value.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    [Fact]
    public void Values_of_every_type_are_read_in_64_bits()
    {
        var made = new MadeGguf()
            .Key("u8", 0, 200).Key("i8", 1, 200).Key("u16", 2, 0xff, 0xff).Key("i16", 3, 0xff, 0xff).Key("u32", uint.MaxValue).Key("i32", 5, 0xfe, 0xff, 0xff, 0xff)
            .Key("f32", 0.5f).Key("flag", true).Key("text", "ü🙂").Key("u64", 10, BitConverter.GetBytes(ulong.MaxValue)).Key("i64", 11, BitConverter.GetBytes(-5L))
            .Key("f64", 12, BitConverter.GetBytes(-0.25)).Key("texts", ["", "b"]).Key("numbers", [-1, 7])
            .Key("nested", 9, [.. MadeGguf.Array(9, 2), .. MadeGguf.Array(0, 1), 7, .. MadeGguf.Array(8, 0)]);
        var metadata = Read(made).Metadata;
        Assert.Equal([200ul, -56L, 65535ul, -1L, (ulong)uint.MaxValue, -2L, 0.5, true, "ü🙂", ulong.MaxValue, -5L, -0.25],
            new[] { "u8", "i8", "u16", "i16", "u32", "i32", "f32", "flag", "text", "u64", "i64", "f64" }.Select(key => metadata.Values[key]));
        Assert.Equal(["", "b"], metadata.Texts("texts"));
        Assert.Equal([-1L, 7L], metadata.Integers("numbers"));
        var nested = Assert.IsType<object[]>(metadata.Values["nested"]);
        Assert.Equal([7ul], Assert.IsType<ulong[]>(nested[0]));
        Assert.Empty(Assert.IsType<string[]>(nested[1]));
    }

    [Fact]
    public void A_value_of_another_kind_or_out_of_range_is_refused_by_name_and_an_absent_one_is_null()
    {
        var metadata = Read(new MadeGguf().Key("a", 5u).Key("t", "five").Key("nan", float.NaN).Key("big", 10, BitConverter.GetBytes(ulong.MaxValue))).Metadata;
        Assert.Equal(5, metadata.Integer("a", 0, 5));
        Assert.Null(metadata.Integer("absent", 0, 5));
        Assert.Null(metadata.Text("absent") ?? (object?)metadata.Flag("absent") ?? metadata.Real("absent") ?? (object?)metadata.Texts("absent") ?? metadata.Integers("absent"));
        foreach (var read in new Action[]
        {
            () => metadata.Integer("a", 0, 4), () => metadata.Integer("t", 0, 4), () => metadata.Integer("big", 0, long.MaxValue), () => metadata.Text("a"), () => metadata.Flag("a"),
            () => metadata.Real("a"), () => metadata.Real("nan"), () => metadata.Texts("a"), () => metadata.Integers("a"),
        })
            Assert.Contains("; expected ", Assert.Throws<RoastException>(read).Message);
    }

    [Fact]
    public void Dimensions_come_slowest_first_and_tensors_in_the_order_of_their_bytes()
    {
        var header = Read(new MadeGguf().Tensor("b", [2, 3], new float[6]).Tensor("a", 8, [2, 64], new byte[4 * 34]));
        Assert.Equal([2L, 3L], header.Tensors["b"].Shape);
        Assert.Equal((4 * 34, 128), (header.Tensors["a"].Bytes, header.Tensors["a"].Elements));
        Assert.Equal(["b", "a"], header.Entries.Select(tensor => tensor.Name));
        Assert.Equal("Q8_0 [2, 64]", header.Tensors["a"].Describe());
    }

    static GgufHeader Read(MadeGguf made) => GgufHeader.Read(new MemoryStream(made.ToBytes()), "made");
}
