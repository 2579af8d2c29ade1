using Roast.Formats;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class SteeringVectorTensorsTests
{
    static string Refused(RoastError kind, params SafetensorsTensor[] tensors)
    {
        var e = Assert.Throws<RoastException>(() => VectorFile.Read(VectorFile.Of(tensors)));
        Assert.Equal(kind, e.Kind);
        return e.Message;
    }

    [Theory]
    [InlineData("direction.1")]
    [InlineData("mlp_act.01")]
    [InlineData("mlp_act.-1")]
    [InlineData("mlp_act.10000")]
    [InlineData("MLP_ACT.1")]
    [InlineData("")]
    public void A_tensor_that_is_not_named_as_a_point_is_refused(string name) => Assert.Contains($"'{name}' is not named as a point", Refused(RoastError.BadFile, SafetensorsTensor.Float32(name, [1])));

    [Fact]
    public void Another_rank_or_type_is_refused()
    {
        Assert.Contains("shape [1, 2]", Refused(RoastError.BadFile, SafetensorsTensor.Float32("mlp_act.0", [1, 2], 1, 2)));
        Assert.Contains("shape []", Refused(RoastError.BadFile, new SafetensorsTensor("mlp_act.0", SafetensorsType.F32, [], new byte[4])));
        Assert.Contains("shape [0]", Refused(RoastError.BadFile, new SafetensorsTensor("mlp_act.0", SafetensorsType.F32, [0], default)));
        foreach (var type in new[] { SafetensorsType.F64, SafetensorsType.I64 })
            Assert.Contains($"type {type}", Refused(RoastError.BadFile, new SafetensorsTensor("mlp_act.0", type, [1], new byte[8])));
    }

    [Fact]
    public void A_file_without_a_tensor_is_refused() => Assert.Contains("no tensor", Refused(RoastError.BadFile));

    [Fact]
    public void One_value_wider_than_the_limit_is_refused()
    {
        SafetensorsTensor Wide(int width) => new("mlp_act.0", SafetensorsType.BF16, [width], new byte[2 * width]);
        Assert.Contains("from 1 to 1048576", Refused(RoastError.BadFile, Wide(SteeringVectorFormat.MaxWidth + 1)));
        Assert.Equal(SteeringVectorFormat.MaxWidth, VectorFile.Read(VectorFile.Of([Wide(SteeringVectorFormat.MaxWidth)]))[new(Site.MlpAct, 0)].Length);
    }

    [Fact]
    public void The_sites_beside_the_residual_share_one_width_and_mlp_act_has_its_own()
    {
        SafetensorsTensor attention = SafetensorsTensor.Float32("attn_out.0", [1, 2]), activation = SafetensorsTensor.Float32("mlp_act.0", [1, 2, 3]);
        Assert.Equal(2, VectorFile.Read(VectorFile.Of([activation, attention])).Points.Count);
        Assert.Contains("resid_post.2 has width 1, attn_out.0 has width 2", Refused(RoastError.BadFile, attention, SafetensorsTensor.Float32("resid_post.2", [1])));
        Assert.Contains("mlp_act.1 has width 1, mlp_act.0 has width 3", Refused(RoastError.BadFile, activation, SafetensorsTensor.Float32("mlp_act.1", [1])));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_named_with_point_and_dimension(float bad) =>
        Assert.Contains("mlp_act.0 has " + bad.ToString(System.Globalization.CultureInfo.InvariantCulture) + " in dimension 1", Refused(RoastError.NotFinite, SafetensorsTensor.Float32("mlp_act.0", [0, bad])));

    [Fact]
    public void A_file_that_contradicts_its_own_model_is_refused()
    {
        (string, string)[] Model(string layers, string width) => [("roast.model.family", "m"), ("roast.model.layers", layers), ("roast.model.hidden_size", "9"), ("roast.model.intermediate_size", width)];
        Assert.NotNull(VectorFile.Read(VectorFile.With(Model("1", "2"))));
        Assert.Throws<RoastException>(() => VectorFile.Read(VectorFile.With(Model("1", "3"))));
        Assert.Throws<RoastException>(() => VectorFile.Read(VectorFile.Of([SafetensorsTensor.Float32("mlp_act.1", [1, 2])], Model("1", "2"))));
    }

    [Fact]
    public void What_could_not_be_read_again_is_not_written()
    {
        SteeringVector Story(VectorProvenance provenance) => new([new(new(Site.MlpAct, 0), [1f])], provenance);
        void Refuses(SteeringVector vector) => Assert.Throws<ArgumentException>(() => VectorFile.Write(vector));
        Refuses(Story(new() { Method = "" }));
        Refuses(Story(new() { QuestionHashes = ["a,b"] }));
        Refuses(Story(new() { Model = new("m", 1, 1, 2) }));
        Refuses(Story(new() { Results = new Dictionary<string, MeasuredAccuracy> { ["dev"] = new(2, 1) } }));
        Refuses(Story(new() { MeanNorms = new Dictionary<Point, float> { [new(Site.MlpAct, 0)] = float.NaN } }));
        Refuses(Story(new() { Extra = new Dictionary<string, string> { ["roast.format"] = "1" } }));
        Refuses(new([new(new(Site.AttnOut, 0), [1f]), new(new(Site.ResidPost, 0), [1f, 2f])]));
    }

    [Fact]
    public void Random_damage_gives_a_vector_or_a_RoastException()
    {
        const int Seed = 5, Cases = 4000;
        var random = new Random(Seed);
        byte[] whole = VectorFile.Write(VectorFile.Full);
        int refused = 0;
        for (int i = 0; i < Cases; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 128 : 256);
            try { VectorFile.Read(bytes); }
            catch (RoastException) { refused++; }
            catch (Exception e) { Assert.Fail($"seed {Seed}, case {i}: {e}"); }
        }
        Assert.InRange(refused, Cases / 10, Cases);
    }
}
