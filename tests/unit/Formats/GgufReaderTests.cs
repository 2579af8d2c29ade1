using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class GgufReaderTests
{
    [Fact]
    public void A_tensor_read_in_parts_is_the_tensor_read_at_once()
    {
        const int Rows = 70, Width = 32 * 500;           // longer than one chunk
        byte[] bytes = new byte[Rows * Width / 32 * 34];
        new Random(3).NextBytes(bytes);
        for (int at = 0; at < bytes.Length; at += 34) BitConverter.TryWriteBytes(bytes.AsSpan(at), (Half)0.125);
        var reader = Open(new MadeGguf().Tensor("t", 8, [Rows, Width], bytes));
        var tensor = reader.Header.Tensors["t"];
        float[] whole = reader.ReadFloat32(tensor), row = new float[Width];
        for (int i = 0; i < Rows; i++)
        {
            reader.ReadFloat32(tensor, (long)i * Width, row);
            Near.SameBits(whole.AsSpan(i * Width, Width), row);
        }
        Assert.Equal(0.125f * (sbyte)bytes[2], whole[0]);
    }

    [Fact]
    public void A_type_without_a_dequantizer_is_unsupported_by_name()
    {
        var reader = Open(new MadeGguf().Tensor("t", 13, [256], new byte[176]));
        var e = Assert.Throws<RoastException>(() => reader.ReadFloat32(reader.Header.Tensors["t"]));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("'t' is Q5_K", e.Message);
    }

    [Fact]
    public void Parts_that_are_no_whole_blocks_or_lie_outside_are_refused()
    {
        var reader = Open(new MadeGguf().Tensor("t", 8, [64], new byte[68]));
        var tensor = reader.Header.Tensors["t"];
        Assert.Throws<ArgumentException>(() => reader.ReadFloat32(tensor, 1, new float[32]));
        Assert.Throws<ArgumentException>(() => reader.ReadFloat32(tensor, 0, new float[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadFloat32(tensor, 64, new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadBytes(tensor, 60, new byte[9]));
    }

    static GgufReader Open(MadeGguf made) => new(new MemoryStream(made.ToBytes()), "made");
}
