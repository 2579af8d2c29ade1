using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class RoundTripTests
{
    [Theory, InlineData("roast"), InlineData("llama.cpp"), InlineData("easysteer"), InlineData("orbit")]
    public void A_vector_comes_back_with_every_bit_and_its_whole_story(string format)
    {
        var vector = MadeVectors.Residual;
        var read = MadeVectors.Read(MadeVectors.Write(format, vector).Bytes);
        Assert.Equal(format, read.Format);
        Assert.Equal(vector.Points, read.Vector.Points);
        foreach (var point in vector.Points) Near.SameBits(vector[point].Span, read.Vector[point].Span, $"{format} {point}");
        Assert.Equal(VectorFile.Write(vector), VectorFile.Write(read.Vector));           // bytes, so provenance too
    }

    [Fact]
    public void Orbit_json_can_say_every_site()
    {
        var read = MadeVectors.Read(MadeVectors.Write("orbit", VectorFile.Full).Bytes);
        Assert.Equal(VectorFile.Write(VectorFile.Full), VectorFile.Write(read.Vector));
        var others = new SteeringVector([new(new(Site.MlpOut, 12), [1f, 2f])]);
        Assert.Equal(others.Points, MadeVectors.Read(MadeVectors.Write("orbit", others).Bytes).Vector.Points);
    }

    [Fact]
    public void A_layer_offset_moves_directions_out_and_back()
    {
        var (bytes, _) = MadeVectors.Write("llama.cpp", MadeVectors.Residual, new VectorExportOptions { LayerOffset = 1 });
        Assert.Equal(["resid_post.2", "resid_post.4"], MadeVectors.Read(bytes).Vector.Points.Select(point => point.ToString()));
        var back = MadeVectors.Read(bytes, new VectorImportOptions { LayerOffset = -1 }).Vector;
        Assert.Equal(MadeVectors.Residual.Points, back.Points);
        Assert.Equal("-1", back.Provenance.Extra["imported.layer_offset"]);
    }

    [Fact]
    public void A_file_is_told_by_its_content_and_written_by_its_name()
    {
        Assert.Equal("llama.cpp", VectorFormats.ForWriting("a.gguf").Name);
        Assert.Equal("easysteer", VectorFormats.ForWriting("a.EasySteer.gguf").Name);
        Assert.Equal("orbit", VectorFormats.ForWriting("a.json").Name);
        Assert.Equal("roast", VectorFormats.ForWriting("a.safetensors").Name);
        Assert.Throws<ArgumentException>(() => VectorFormats.ForWriting("a.npz"));
        Assert.Throws<ArgumentException>(() => VectorFormats.Named("other"));
        Assert.Contains("no known vector format", Assert.Throws<RoastException>(() => MadeVectors.Read("MZ, a program"u8.ToArray())).Message);
    }
}
