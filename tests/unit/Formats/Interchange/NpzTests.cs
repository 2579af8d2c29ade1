using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class NpzTests
{
    static byte[] Npy(string type, string shape, byte[] data, string order = "False", byte version = 1)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}".PadRight(117) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes((uint)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. data];
    }

    static byte[] Floats(params float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();

    // As numpy.savez and numpy.savez_compressed write it: by the framework's own zip, which is not what reads it.
    static byte[] Zip(bool packed, params (string Name, byte[] Bytes)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, packed ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Arrays_named_as_points_are_read(bool packed)
    {
        var read = MadeVectors.Read(Zip(packed, ("resid_post.3.npy", Npy("<f4", "(8,)", Floats(MadeVectors.Edges))), ("mlp_act.0.npy", Npy("<f2", "(2,)", [0x00, 0x3c, 0x00, 0xc0], version: 2))));
        Assert.Equal("npz", read.Format);
        Near.SameBits(MadeVectors.Edges, read.Vector[new Point(Site.ResidPost, 3)].Span);
        Near.SameBits([1, -2], read.Vector[new Point(Site.MlpAct, 0)].Span);
    }

    [Fact]
    public void Numbered_arrays_and_a_matrix_need_a_site()
    {
        var site = new VectorImportOptions { Site = Site.AttnOut };
        byte[] numbered = Zip(false, ("layer_7.npy", Npy("<f8", "(1,)", BitConverter.GetBytes(0.1)))), matrix = Zip(false, ("arr_0.npy", Npy("<f4", "(2, 3)", Floats(1, 2, 3, 4, 5, 6))));
        foreach (byte[] file in (byte[][])[numbered, matrix]) Assert.Contains("--site", Assert.Throws<RoastException>(() => MadeVectors.Read(file)).Message);
        Near.SameBits([0.1f], MadeVectors.Read(numbered, site).Vector[new Point(Site.AttnOut, 7)].Span);
        Near.SameBits([4, 5, 6], MadeVectors.Read(matrix, site).Vector[new Point(Site.AttnOut, 1)].Span);
        Assert.Equal("attn_out.2", MadeVectors.Read(matrix, site with { LayerOffset = 1 }).Vector.Points[1].ToString());
    }

    [Theory]
    [InlineData("<i4", "(1,)", "type"), InlineData(">f4", "(1,)", "type"), InlineData("|O", "(1,)", "type"), InlineData("<f4", "(2,)", "bytes of data"), InlineData("<f4", "()", "shape")]
    [InlineData("<f4", "(0,)", "shape"), InlineData("<f4", "(1, 1, 1)", "shape"), InlineData("<f4", "(99999999999999999999,)", "header"), InlineData("<f4", "(1048577,)", "shape"), InlineData("<f4'x", "(1,)", "header")]
    public void Arrays_of_another_kind_are_refused(string type, string shape, string reason) =>
        Assert.Contains(reason, Assert.Throws<RoastException>(() => MadeVectors.Read(Zip(false, ("resid_post.1.npy", Npy(type, shape, Floats(1)))))).Message);

    [Fact]
    public void Fortran_order_text_and_values_that_are_not_finite_are_refused()
    {
        Assert.Contains("Fortran", Refused(Zip(false, ("m.npy", Npy("<f4", "(1, 2)", Floats(1, 2), order: "True")))));
        Assert.Contains("no array", Refused(Zip(false, ("readme.txt", [1]))));
        Assert.Equal(RoastError.NotFinite, Assert.Throws<RoastException>(() => MadeVectors.Read(Zip(false, ("resid_post.1.npy", Npy("<f4", "(1,)", Floats(float.NaN)))))).Kind);
    }

    static string Refused(byte[] bytes) => Assert.Throws<RoastException>(() => MadeVectors.Read(bytes, new VectorImportOptions { Site = Site.ResidPost })).Message;

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        byte[] bomb = Zip(true, ("resid_post.1.npy", Npy("<f4", "(1048576,)", new byte[4 << 20])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => MadeVectors.Read(bomb)).Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void More_files_than_the_limit_are_refused()
    {
        byte[] one = Zip(false, ("resid_post.1.npy", Npy("<f4", "(1,)", Floats(1))));
        BinaryPrimitives.WriteUInt16LittleEndian(one.AsSpan(one.Length - 14), ZipReader.MaxEntries + 1);
        BinaryPrimitives.WriteUInt16LittleEndian(one.AsSpan(one.Length - 12), ZipReader.MaxEntries + 1);
        Assert.Contains($"{ZipReader.MaxEntries + 1} files", Refused(one));
        Assert.Contains("bytes", Refused(Zip(false, (new string('n', ZipReader.MaxNameBytes + 1), [1]))));
    }

    [Fact]
    public void A_file_cut_or_changed_at_any_byte_never_gives_other_values()
    {
        float[] values = [1, 2, 3, 4];
        byte[] whole = Zip(true, ("resid_post.1.npy", Npy("<f4", "(4,)", Floats(values))));
        for (int length = 0; length < whole.Length; length++) Assert.Throws<RoastException>(() => MadeVectors.Read(whole[..length]));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x55;
            try { foreach (var point in MadeVectors.Read(damaged).Vector.Points) Near.SameBits(values, MadeVectors.Read(damaged).Vector[point].Span); }
            catch (RoastException) { }
        }
    }
}
