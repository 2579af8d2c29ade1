using System.Security.Cryptography;
using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>Every vector file of the shared data: loaded with the values that its manifest names, or refused with a reason.</summary>
public class SharedVectorTests(ITestOutputHelper output)
{
    /// <summary>What a reader may allocate above a file's own size: 64 MB.</summary>
    const long MostAllocated = 64_000_000;

    [Theory, InlineData("gguf-made", 71, 13), InlineData("safetensors-made", 63, 13)]
    public void Made_files_give_what_their_manifest_says(string folder, int files, int valid)
    {
        string path = SharedData.Require("vectors", folder);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "manifest.json")));
        (int seen, int loaded, long most) = (0, 0, 0);
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateObject())
        {
            seen++;
            byte[] bytes = File.ReadAllBytes(Path.Combine(path, file.Name));
            bool isValid = file.Value.GetProperty("valid").GetBoolean();
            long before = GC.GetAllocatedBytesForCurrentThread();
            var refusal = folder == "gguf-made" ? TryVector(bytes, file) : TrySafetensors(bytes, file);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            most = Math.Max(most, allocated - bytes.Length);
            Assert.True(allocated < bytes.Length + MostAllocated, $"{file.Name}: {allocated} bytes allocated.");
            if (isValid && refusal is { Kind: not RoastError.NotFinite }) Assert.Fail($"{file.Name}: {refusal.Message}");
            if (!isValid)
            {
                Assert.True(refusal is not null, $"{file.Name}: expected a refusal ({file.Value.GetProperty("reason")})");
                Assert.Contains("expected", refusal.Message);
            }
            if (refusal is null) loaded++;
        }
        Assert.Equal(files, seen);
        Assert.InRange(loaded, valid - 2, valid);           // two well-formed files hold NaN or Inf and are refused when used
        output.WriteLine($"{seen} files, {loaded} loaded, at most {most} bytes allocated above a file's size.");
    }

    static RoastException? TryVector(byte[] bytes, JsonProperty file)
    {
        try
        {
            var read = VectorFormats.Read(new MemoryStream(bytes), file.Name);
            Assert.Equal("llama.cpp", read.Format);
            Assert.True(file.Value.GetProperty("valid").GetBoolean() && file.Value.GetProperty("finite").GetBoolean(), $"{file.Name}: loaded, but {file.Value}");
            var tensors = file.Value.GetProperty("tensors").EnumerateObject().ToArray();
            Assert.Equal(tensors.Length, read.Vector.Points.Count);
            foreach (var tensor in tensors)
                AssertBytes(tensor.Value, read.Vector[Point.Parse("resid_post" + tensor.Name["direction".Length..])].Span, file.Name);
            Assert.Equal(file.Value.GetProperty("model_hint").GetString(), read.Vector.Provenance.Extra["imported.model_hint"]);
            return null;
        }
        catch (RoastException e)
        {
            Assert.Equal(file.Value.GetProperty("valid").GetBoolean() && !file.Value.GetProperty("finite").GetBoolean(), e.Kind == RoastError.NotFinite);
            return e;
        }
    }

    static RoastException? TrySafetensors(byte[] bytes, JsonProperty file)
    {
        try
        {
            var reader = new SafetensorsReader(new MemoryStream(bytes), file.Name);
            foreach (var entry in reader.Header.Entries)
                if (entry.Type is SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16) reader.ReadFloat32(entry.Name);
            Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => VectorFormats.Read(new MemoryStream(bytes), file.Name)).Kind);      // none is a steering vector
            return null;
        }
        catch (RoastException e) { return e; }
    }

    static void AssertBytes(JsonElement expected, ReadOnlySpan<float> values, string file)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values);
        Assert.True(expected.GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(bytes)), $"{file}: other values than its manifest says.");
    }

    [Theory]
    [InlineData("happy_diffmean.gguf", "diffmean", "qwen2.5"), InlineData("real1-caa.gguf", "diffmean", "qwen"), InlineData("real1-pca.gguf", "center", "qwen2.5")]
    [InlineData("real1-probe.gguf", "linear_probe", "qwen2.5"), InlineData("nan_metadata_pca_13.gguf", "standard", "unknown")]
    public void EasySteer_files_of_other_people_load_from_layer_0_on(string name, string method, string hint)
    {
        string path = SharedData.Require("vectors", name);
        var read = SteeringVector.Import(path);
        Assert.Equal(("easysteer", method, 28), (read.Format, read.Vector.Provenance.Method, read.Vector.Points.Count));
        Assert.Equal(new Point(Site.ResidPost, 0), read.Vector.Points[0]);
        Assert.Equal(hint, read.Vector.Provenance.Extra["imported.model_hint"]);
        byte[] bytes = File.ReadAllBytes(path);             // the data of 28 directions of 1536 values stands at the file's end
        for (int layer = 0; layer < 28; layer++)
        {
            var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan(bytes.Length - (28 - layer) * 1536 * 4, 1536 * 4));
            Near.SameBits(values, read.Vector[new Point(Site.ResidPost, layer)].Span, $"{name}, layer {layer}");
        }
        Assert.NotEmpty(read.Notes);
    }

    [Fact]
    public void A_safetensors_file_named_gguf_is_read_by_its_content_and_refused_for_what_it_is()
    {
        var e = Assert.Throws<RoastException>(() => SteeringVector.Import(SharedData.Require("vectors", "safetensors_misnamed.gguf")));
        Assert.Equal(RoastError.BadFile, e.Kind);
        Assert.Contains("roast.format", e.Message);
    }

    [Fact]
    public void A_projected_file_is_refused_and_gives_its_directions_only_where_that_is_asked_for()
    {
        string path = SharedData.Require("vectors", "verbosity.json");
        var e = Assert.Throws<RoastException>(() => SteeringVector.Import(path));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("projected", e.Message);

        var read = SteeringVector.Import(path, new VectorImportOptions { ProjectAsAdd = true });
        Assert.Equal(43, read.Vector.Points.Count);
        Assert.All(read.Vector.Points, point => Assert.Equal(Site.MlpOut, point.Site));
        byte[] values = File.ReadAllBytes(Path.ChangeExtension(path, ".f32"));
        for (int layer = 0; layer < 43; layer++)
            Near.SameBits(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(values.AsSpan(layer * 4096 * 4, 4096 * 4)), read.Vector[new Point(Site.MlpOut, layer)].Span, $"layer {layer}");
        Assert.Contains(read.Notes, note => note.Contains("another operation"));
        Assert.Contains(read.Notes, note => note.Contains("length 1"));
    }
}
