using System.Security.Cryptography;
using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>Adapter files of ONNX Runtime's own writer, good and damaged (shared data, onnx/adapters/make_adapters.py), and ours.</summary>
public class OnnxAdapterTests
{
    static OnnxAdapter Read(byte[] bytes) => OnnxAdapterReader.Read(new MemoryStream(bytes), "a.onnx_adapter");

    static byte[] Write(OnnxAdapter adapter)
    {
        using var stream = new MemoryStream();
        OnnxAdapterWriter.Write(stream, adapter);
        return stream.ToArray();
    }

    static JsonElement Manifest(string kind)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedData.Require("onnx", "adapters", "manifest.json")));
        return json.RootElement.GetProperty(kind).Clone();
    }

    static byte[] Bytes(string name) => File.ReadAllBytes(SharedData.Require("onnx", "adapters", name));

    [Fact]
    public void Every_file_that_onnx_runtime_reads_has_the_manifests_values_and_survives_our_writer()
    {
        int files = 0;
        foreach (var entry in Manifest("valid").EnumerateObject())
        {
            var adapter = Read(Bytes(entry.Name));
            foreach (var one in (OnnxAdapter[])[adapter, Read(Write(adapter))])
            {
                Assert.Equal((entry.Value.GetProperty("adapter_version").GetInt32(), entry.Value.GetProperty("model_version").GetInt32()), (one.AdapterVersion, one.ModelVersion));
                var expected = entry.Value.GetProperty("parameters").EnumerateArray().ToList();
                Assert.Equal(expected.Count, one.Parameters.Count);
                foreach (var (want, got) in expected.Zip(one.Parameters))
                {
                    Assert.Equal(want.GetProperty("name").GetString(), got.Name);
                    Assert.Equal(want.GetProperty("dims").EnumerateArray().Select(x => x.GetInt64()), got.Shape);
                    Assert.Equal(want.GetProperty("data_type").GetInt32(), (int)got.Type);
                    Assert.Equal(want.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(got.Data.Span)));
                }
            }
            files++;
        }
        Assert.True(files >= 14, $"Only {files} files.");
    }

    [Fact]
    public void Every_damaged_file_and_those_that_onnx_runtime_cannot_read_back_are_refused()
    {
        string[] names = [.. Manifest("invalid").EnumerateObject().Select(x => x.Name), .. Manifest("exported_but_unreadable").EnumerateObject().Select(x => x.Name)];
        Assert.True(names.Length >= 42, $"Only {names.Length} files.");
        foreach (string name in names)
        {
            var e = Assert.Throws<RoastException>(() => { Read(Bytes(name)); });
            Assert.True(e.Kind == RoastError.BadFile, name);
        }
    }

    [Fact]
    public void Ours_cut_at_any_byte_is_refused_and_any_changed_byte_gives_a_refusal_or_an_adapter()
    {
        byte[] whole = Write(new([OnnxAdapterParameter.Float32("roast.port.resid_post.1", [1, -2, 3], 3), OnnxAdapterParameter.Float32("roast.port.attn_out.0", [0.5f, float.MinValue], 1, 1, 2)]));
        for (int length = 0; length < whole.Length - 8; length++) Assert.Throws<RoastException>(() => { Read(whole[..length]); });
        for (int at = 0; at < whole.Length; at++)
            foreach (byte value in (byte[])[0, 1, 0x7f, 0x80, 0xff])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                try { Read(changed); }
                catch (RoastException e) { Assert.Equal(RoastError.BadFile, e.Kind); }
            }
    }

    [Fact]
    public void The_same_adapter_gives_the_same_bytes_with_data_at_multiples_of_16()
    {
        var adapter = new OnnxAdapter([OnnxAdapterParameter.Float32("n", [1, 2, 3], 3)]);
        byte[] bytes = Write(adapter);
        Assert.Equal(bytes, Write(adapter));
        ReadOnlySpan<byte> values = [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40];
        int data = bytes.AsSpan().IndexOf(values);
        Assert.Equal((0, 0), (data % 16, bytes.Length % 8));
        Assert.Equal([1f, 2f, 3f], Read(bytes).Parameters[0].ToFloat32());
    }

    public static TheoryData<OnnxAdapter> OnePastALimit =>
    [
        new OnnxAdapter([OnnxAdapterParameter.Float32("", [1], 1)]),
        new OnnxAdapter([OnnxAdapterParameter.Float32(new string('n', OnnxAdapter.MaxNameBytes + 1), [1], 1)]),
        new OnnxAdapter([OnnxAdapterParameter.Float32("n", [1])]),
        new OnnxAdapter([OnnxAdapterParameter.Float32("n", [1], [.. Enumerable.Repeat(1L, OnnxAdapter.MaxRank + 1)])]),
        new OnnxAdapter([OnnxAdapterParameter.Float32("n", [1], 2)]),
        new OnnxAdapter([OnnxAdapterParameter.Float32("n", [1], 1), OnnxAdapterParameter.Float32("n", [1], 1)]),
        new OnnxAdapter([.. Enumerable.Range(0, OnnxAdapter.MaxParameters + 1).Select(i => OnnxAdapterParameter.Float32($"{i}", [], 0))]),
    ];

    [Theory, MemberData(nameof(OnePastALimit), DisableDiscoveryEnumeration = true)]
    public void What_the_reader_refuses_is_not_written(OnnxAdapter adapter) => Assert.Throws<ArgumentException>(() => { Write(adapter); });

    [Fact]
    public void A_file_above_the_limit_is_refused_before_it_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(path, FileMode.Open);
            stream.SetLength(OnnxAdapter.MaxBytes + 1L);
            Assert.Contains("268,435,457", Assert.Throws<RoastException>(() => { OnnxAdapterReader.Read(stream, path); }).Message);
        }
        finally { File.Delete(path); }
    }
}
