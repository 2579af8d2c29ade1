using System.Text.Json;
using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Roast.Onnx;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>The same question, steered by each request in its own way.</summary>
public class SteeringTests
{
    static ChatOptions With(params (string Key, object? Value)[] properties)
    {
        var options = new ChatOptions { AdditionalProperties = [] };
        foreach (var (key, value) in properties) options.AdditionalProperties[key] = value;
        return options;
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>Every way to say the same: vector careful at 0.5.</summary>
    public static TheoryData<string, ChatOptions> Ways => new()
    {
        { "typed", new ChatOptions().Steer(Scene.Vector.At(0.5f)) },
        { "typed, by name", new ChatOptions().Steer("careful", Strength.Absolute(0.5f), Scope.Last) },
        { "steering", With((SteeringKeys.Steering, Scene.Vector.At(0.5f))) },
        { "vector and strength", With((SteeringKeys.Vector, Scene.Vector), (SteeringKeys.Strength, 0.5)) },
        { "name, strength, scope", With((SteeringKeys.Vector, "careful"), (SteeringKeys.Strength, 0.5f), (SteeringKeys.Scope, "last")) },
        { "from JSON", With((SteeringKeys.Vector, Json("\"careful\"")), (SteeringKeys.Strength, Json("0.5")), (SteeringKeys.Relative, Json("false")), (SteeringKeys.Scope, Json("\"last\""))) },
        { "live", new ChatOptions().Steer(new LiveSteering(Scene.Vector.At(0.5f))) },
        { "the last word counts", new ChatOptions().Unsteer().Steer(Scene.Vector.At(-1f)).Steer("careful", Strength.Absolute(0.5f)) },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task Steering_a_request_changes_its_answer_and_no_other(string way, ChatOptions options)
    {
        using var client = Scene.Client();
        Assert.Equal(Scene.Sloppy, await client.Answer());
        Assert.True(Scene.Careful == await client.Answer(options), way);
        Assert.Equal(Scene.Careful, (await client.Stream(options)).ToChatResponse().Text);
        Assert.Equal(Scene.Sloppy, await client.Answer());
    }

    [Fact]
    public async Task A_default_steers_until_a_request_says_otherwise()
    {
        using var client = Scene.Client(Scene.Named with { Defaults = new() { Steering = Scene.Vector.At(0.5f) } });
        Assert.Equal(Scene.Careful, await client.Answer());
        Assert.Equal(Scene.Sloppy, await client.Answer(new ChatOptions().Unsteer()));
        Assert.Equal(Scene.Sloppy, await client.Answer(With((SteeringKeys.Vector, null))));
        Assert.Equal(Scene.Sloppy, await client.Answer(With((SteeringKeys.Strength, 0))));
        Assert.Equal(Scene.Careful, await client.Answer(With((SteeringKeys.Scope, "all"))));
    }

    [Fact]
    public async Task A_live_strength_changes_the_answer_between_two_tokens()
    {
        using var client = Scene.Client();
        var live = new LiveSteering(Scene.Vector.At(0));
        var options = new ChatOptions().Steer(live);
        Assert.Equal(Scene.Sloppy, await client.Answer(options));
        live.Strength = Strength.Absolute(0.5f);
        Assert.Equal(Scene.Careful, await client.Answer(options));
    }

    /// <summary>Requests that make no sense, and a part of what they are told.</summary>
    public static TheoryData<ChatOptions, string> Refused => new()
    {
        { With(("roast.strenght", 0.5)), "'roast.strenght'" },
        { With((SteeringKeys.Vector, "careless")), "'careless' is not known to this client; expected 'careful'" },
        { With((SteeringKeys.Vector, 3)), "expected a SteeringVector" },
        { With((SteeringKeys.Vector, "careful"), (SteeringKeys.Strength, "much")), "'much' (String); expected a number" },
        { With((SteeringKeys.Vector, "careful"), (SteeringKeys.Scope, "first")), "expected last, all, prompt, generated" },
        { With((SteeringKeys.Vector, "careful"), (SteeringKeys.Relative, true)), "set it as well" },
        { With((SteeringKeys.Strength, 0.5)), "there is none" },
        { With((SteeringKeys.Vector, null), (SteeringKeys.Strength, 0.5)), "there is none" },
        { With((SteeringKeys.Steering, Scene.Vector.At(1)), (SteeringKeys.Vector, "careful")), "steered in one way" },
        { With((SteeringKeys.Steering, "careful")), "expected Steering" },
        { With((SteeringKeys.Live, Scene.Vector)), "expected LiveSteering" },
        { With((SteeringKeys.Strength, Strength.Absolute(1)), (SteeringKeys.Relative, true), (SteeringKeys.Vector, "careful")), "says so itself" },
        { With((SteeringKeys.Vector, "careful"), (SteeringKeys.Strength, double.NaN)), "finite" },
        { new ChatOptions().Steer(NoNorms.At(Strength.Relative(0.1f))), "mean activation norm" },
    };

    static SteeringVector NoNorms => new([KeyValuePair.Create(new Point(Site.AttnOut, 0), new float[96])]);

    [Theory, MemberData(nameof(Refused))]
    public async Task A_steering_that_makes_no_sense_is_refused_in_both_forms(ChatOptions options, string told)
    {
        using var client = Scene.Client();
        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Answer(options));
        Assert.Contains(told, refused.Message);
        Assert.Equal(refused.Message, (await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Stream(options))).Message);
    }

    [Fact]
    public async Task A_vector_of_another_model_is_refused_when_it_is_named_and_when_it_is_used()
    {
        var foreign = new SteeringVector([KeyValuePair.Create(new Point(Site.AttnOut, 0), new float[64])]);
        using var client = Scene.Client();
        Assert.Equal(RoastError.VectorDoesNotFit, (await Assert.ThrowsAsync<RoastException>(() => client.Answer(new ChatOptions().Steer(foreign.At(1))))).Kind);
        Assert.Equal(RoastError.VectorDoesNotFit, Assert.Throws<RoastException>(() => Scene.Client(new() { Vectors = new Dictionary<string, SteeringVector> { ["foreign"] = foreign } })).Kind);
    }
}
