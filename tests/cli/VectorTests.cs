using Xunit;

namespace Roast.Tests.Cli;

public sealed class VectorTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    async Task<float> First(params string[] args)
    {
        (await Shell.Run(["vector", .. args, "-o", _scratch["out.safetensors"], "--force"])).Done();
        return SteeringVector.Load(_scratch["out.safetensors"])[new Point(Site.AttnOut, 3)].Span[0];
    }

    [Fact]
    public async Task Every_operation_writes_what_its_name_says()
    {
        string a = _scratch.Vector("a.safetensors", value: 3), b = _scratch.Vector("b.safetensors", value: 1);
        Assert.Equal(4, await First("add", a, b));
        Assert.Equal(2, await First("subtract", a, b));
        Assert.Equal(2, await First("average", a, b));
        Assert.Equal(-1.5f, await First("scale", a, "--by", "-0.5"));
        Assert.Equal(0, await First("project-out", a, b));
        var nothing = await Shell.Run("vector", "orthogonalize", a, b, "-o", _scratch["new.safetensors"]);
        Assert.Contains("span", nothing.Error);
        Assert.DoesNotContain("new.safetensors", _scratch.Files);
    }

    [Fact]
    public async Task Cosines_come_as_a_table_and_as_json_and_no_file_is_written()
    {
        string a = _scratch.Vector("a.safetensors", value: 3), b = _scratch.Vector("b.safetensors", value: -1), zero = _scratch.Vector("zero.safetensors", value: 0);
        var json = (await Shell.Run("vector", "cosine", a, b, zero, "--json")).Done().Json.GetProperty("overall").GetProperty("cosines");
        Assert.Equal(-1, json[0][1].GetDouble(), 1e-9);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json[0][2].ValueKind);
        Assert.Contains("-1.0000", (await Shell.Run("vector", "cosine", a, b)).Done().Output);
        Assert.Equal(["a.safetensors", "b.safetensors", "zero.safetensors"], _scratch.Files);
    }

    [Fact]
    public async Task The_result_says_what_was_combined_and_an_existing_file_stays()
    {
        string a = _scratch.Vector("a.safetensors"), b = _scratch.Vector("b.safetensors", value: 1);
        var json = (await Shell.Run("vector", "add", a, b, "-o", _scratch["c.safetensors"], "--json")).Done().Json;
        Assert.StartsWith("add (equal points): unknown sha256:", json.GetProperty("combined").GetString());
        Assert.Equal((int)RoastError.CannotWrite, (await Shell.Run("vector", "add", a, b, "-o", _scratch["c.safetensors"])).Code);
    }

    [Fact]
    public async Task Points_that_differ_need_a_rule()
    {
        string a = _scratch.Vector("a.safetensors"), b = _scratch["b.safetensors"];
        new SteeringVector([KeyValuePair.Create(new Point(Site.MlpOut, 0), new float[96])]).Save(b);
        var refused = await Shell.Run("vector", "add", a, b, "-o", _scratch["c.safetensors"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("mlp_out.0", refused.Error);
        (await Shell.Run("vector", "add", a, b, "--rule", "union", "-o", _scratch["c.safetensors"])).Done();
        Assert.Equal(2, SteeringVector.Load(_scratch["c.safetensors"]).Points.Count);
    }

    [Theory, InlineData("multiply", "a", "b"), InlineData("add", "a"), InlineData("scale", "a", "b", "--by", "1"), InlineData("scale", "a"), InlineData("add", "a", "b", "--by", "2")]
    public async Task Operations_that_make_no_sense_are_answered(params string[] args) => Assert.Equal(2, (await Shell.Run(["vector", .. args])).Code);
}
