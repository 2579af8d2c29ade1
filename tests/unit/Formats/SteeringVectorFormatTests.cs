using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class SteeringVectorFormatTests
{
    [Fact]
    public void Every_bit_of_the_directions_and_every_field_of_the_story_comes_back()
    {
        var (written, read) = (VectorFile.Full, VectorFile.Read(VectorFile.Write(VectorFile.Full)));
        Assert.Equal(written.Points, read.Points);
        foreach (var point in written.Points) Near.SameBits(written[point].Span, read[point].Span, point.ToString());
        var (w, r) = (written.Provenance, read.Provenance);
        Assert.Equal((w.Method, w.Scaling, w.Pool, w.Model, w.Rollouts, w.Counts), (r.Method, r.Scaling, r.Pool, r.Model, r.Rollouts, r.Counts));
        Assert.Equal((w.RecommendedStrength, w.RecommendedScope), (r.RecommendedStrength, r.RecommendedScope));
        Assert.Equal(w.RecommendedPoints, r.RecommendedPoints);
        Assert.Equal(w.QuestionHashes, r.QuestionHashes);
        Assert.Equal(w.MeanNorms.OrderBy(x => x.Key), r.MeanNorms.OrderBy(x => x.Key));
        Assert.Equal(w.Results.OrderBy(x => x.Key), r.Results.OrderBy(x => x.Key));
        Assert.Equal(w.Extra.OrderBy(x => x.Key), r.Extra.OrderBy(x => x.Key));
        Assert.False(r.IsUnknown);
    }

    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes()
    {
        byte[] file = VectorFile.Write(VectorFile.Full);
        Assert.Equal(file, VectorFile.Write(VectorFile.Read(file)));
    }

    [Fact]
    public void A_file_with_nothing_but_tensors_has_an_unknown_story() => Assert.Same(VectorProvenance.Unknown, VectorFile.Read(VectorFile.With()).Provenance);

    [Fact]
    public void Another_tools_key_is_kept_and_tells_nothing_of_the_story()
    {
        var provenance = VectorFile.Read(VectorFile.With(("format", "pt"))).Provenance;
        Assert.True(provenance.IsUnknown);
        Assert.Equal("pt", provenance.Extra["format"]);
    }

    [Fact]
    public void The_hashes_may_also_be_a_list_with_commas() =>
        Assert.Equal(["a", "b"], VectorFile.Read(VectorFile.With(("roast.questions", "a, b"))).Provenance.QuestionHashes);

    [Fact]
    public void Halves_are_converted()
    {
        var vector = VectorFile.Read(VectorFile.Of([new("resid_post.0", SafetensorsType.F16, [1], new byte[] { 0, 0x3c }), new("mlp_out.0", SafetensorsType.BF16, [1], new byte[] { 0x80, 0x3f })]));
        Assert.Equal((1f, 1f), (vector[new(Site.ResidPost, 0)].Span[0], vector[new(Site.MlpOut, 0)].Span[0]));
    }

    [Fact]
    public void A_file_of_a_newer_version_says_so()
    {
        string message = Refused(RoastError.BadFile, VectorFile.With(("roast.format", "2")));
        Assert.Contains("written by a newer Roast", message);
        Assert.Contains("roast.format is 2", message);
    }

    [Fact]
    public void A_file_without_a_version_is_refused_by_the_name_of_the_key()
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [SafetensorsTensor.Float32("mlp_act.0", [1])]);
        Assert.Contains("roast.format", Refused(RoastError.BadFile, stream.ToArray()));
    }

    [Theory]
    [InlineData("roast.format", "0")]
    [InlineData("roast.format", "one")]
    [InlineData("roast.scaling", "MaxNorm")]
    [InlineData("roast.pool", "first")]
    [InlineData("roast.method", "")]
    [InlineData("roast.questions", "a,,b")]
    [InlineData("roast.questions", "[1]")]
    [InlineData("roast.questions", "[\"a\"")]
    [InlineData("roast.questions", "[\"\\ud800\"]")]
    [InlineData("roast.mean_norms", "[]")]
    [InlineData("roast.mean_norms", "{\"mlp_act.0\":-1}")]
    [InlineData("roast.mean_norms", "{\"mlp_act.0\":1e400}")]
    [InlineData("roast.mean_norms", "{\"mlp_act.0\":1,\"mlp_act.0\":2}")]
    [InlineData("roast.mean_norms", "{\"mlp_act.00\":1}")]
    [InlineData("roast.results", "{\"dev\":{\"correct\":3,\"total\":2}}")]
    [InlineData("roast.results", "{\"dev\":{\"correct\":3}}")]
    [InlineData("roast.results", "{\"dev\":[[[[]]]]}")]
    [InlineData("roast.recommended.scope", "everywhere")]
    [InlineData("roast.recommended.points", "mlp_act.*")]
    [InlineData("roast.recommended.points", "mlp_act.0,mlp_act.0")]
    [InlineData("roast.recommended.points", "mlp_act.0, mlp_act.1")]
    [InlineData("roast.recommended.strength", "1")]
    [InlineData("roast.recommended.relative", "true")]
    [InlineData("roast.model.weights", "sha256:00")]
    [InlineData("roast.model.layers", "4")]
    [InlineData("roast.counts.mixed", "4")]
    [InlineData("roast.rollouts.seed", "4")]
    public void A_malformed_key_is_named_with_its_value(string key, string value)
    {
        string message = Refused(RoastError.BadFile, VectorFile.With((key, value)));
        Assert.Contains(key, message);
        Assert.True(message.Contains($"'{value}'") || message.Contains("together or not at all"), message);
    }

    [Theory]
    [InlineData("roast.rollouts.temperature", "-0.1")]
    [InlineData("roast.rollouts.temperature", "NaN")]
    [InlineData("roast.rollouts.temperature", "1e99")]
    [InlineData("roast.rollouts.top_p", "0")]
    [InlineData("roast.rollouts.top_p", "1.01")]
    [InlineData("roast.rollouts.max_tokens", "0")]
    [InlineData("roast.rollouts.seed", "-1")]
    [InlineData("roast.rollouts.seed", "18446744073709551616")]
    [InlineData("roast.rollouts.per_question", " 8")]
    public void A_number_outside_its_range_is_named_with_its_value(string key, string value)
    {
        (string, string)[] good = [("roast.rollouts.per_question", "8"), ("roast.rollouts.temperature", "0"), ("roast.rollouts.top_p", "1"), ("roast.rollouts.max_tokens", "1"), ("roast.rollouts.seed", "0")];
        Assert.NotNull(VectorFile.Read(VectorFile.With(good)).Provenance.Rollouts);
        string message = Refused(RoastError.BadFile, VectorFile.With([.. good, (key, value)]));
        Assert.Contains($"{key} = '{value}'", message);
    }

    [Fact]
    public void A_recommended_point_without_a_direction_is_named_in_Roasts_own_file_and_in_another_programs()
    {
        string message = Refused(RoastError.BadFile, VectorFile.With(("roast.recommended.points", "attn_out.7,mlp_act.0")));
        Assert.Contains("attn_out.7 in roast.recommended.points", message);
        var part = MadeVectors.Residual.With(MadeVectors.Residual.Provenance with { RecommendedPoints = [new(Site.ResidPost, 2)] });
        Assert.Contains("resid_post.2", Assert.Throws<ArgumentException>(() => VectorFile.Write(part)).Message);
        foreach (string format in (string[])["llama.cpp", "easysteer", "orbit"])
            Assert.Contains("resid_post.2 in roast.recommended.points", Assert.Throws<RoastException>(() => MadeVectors.Read(MadeVectors.Write(format, part).Bytes)).Message);
    }

    static string Refused(RoastError kind, byte[] file)
    {
        var e = Assert.Throws<RoastException>(() => VectorFile.Read(file));
        Assert.Equal(kind, e.Kind);
        Assert.StartsWith("made.safetensors: ", e.Message);
        return e.Message;
    }
}
