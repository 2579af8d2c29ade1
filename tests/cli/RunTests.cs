using Xunit;

namespace Roast.Tests.Cli;

public sealed class RunTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_answer_is_written_as_text_and_as_ids_and_both_say_the_same()
    {
        var text = (await Shell.Run("run", "111+222=")).Done();
        Assert.Equal("333" + Environment.NewLine, text.Output);
        var json = (await Shell.Run("run", "--prompt", "111+222=", "--json")).Done().Json;
        Assert.Equal("333", json.GetProperty("text").GetString());
        Assert.Equal("end_token", json.GetProperty("stop").GetString());
        Assert.Equal(4, json.GetProperty("ids").GetArrayLength());                 // three digits and the end token
        Assert.True(json.GetProperty("prompt_ids").GetArrayLength() > 8);           // the chat template is there
        Assert.True(json.GetProperty("seconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task A_conversation_a_prompt_and_ids_that_mean_the_same_give_the_same_answer()
    {
        string chat = _scratch.Write("chat.json", """[{"role": "user", "content": "457+385="}]""");
        var prompt = (await Shell.Run("run", "457+385=", "--json")).Done().Json;
        var conversation = (await Shell.Run("run", "--chat", chat, "--json")).Done().Json;
        var ids = (await Shell.Run("run", "--ids", string.Join(',', prompt.GetProperty("prompt_ids").EnumerateArray()), "--json")).Done().Json;
        Assert.Equal(prompt.GetProperty("ids").GetRawText(), conversation.GetProperty("ids").GetRawText());
        Assert.Equal(prompt.GetProperty("ids").GetRawText(), ids.GetProperty("ids").GetRawText());
    }

    [Fact]
    public async Task A_prompt_that_begins_with_an_at_sign_is_a_prompt() => (await Shell.Run("run", "@1+1=", "--max-tokens", "1")).Done();

    [Fact]
    public async Task Raw_text_has_no_template()
    {
        var json = (await Shell.Run("run", "--raw", "457+385=", "--max-tokens", "1", "--json")).Done().Json;
        Assert.Equal(8, json.GetProperty("prompt_ids").GetArrayLength());
        Assert.Equal("max_tokens", json.GetProperty("stop").GetString());
    }

    [Fact]
    public async Task Without_a_tokenizer_ids_go_in_and_out_and_text_is_null()
    {
        string model = _scratch.Model("bare", without: ["tokenizer.json", "tokenizer_config.json"]);
        var json = (await Shell.Run("run", "-m", model, "--ids", "273,258,198", "--max-tokens", "3", "--ignore-eos", "--json")).Done().Json;
        Assert.Equal("Null", json.GetProperty("text").ValueKind.ToString());
        Assert.Equal(3, json.GetProperty("ids").GetArrayLength());
        Assert.Matches(@"^\d+,\d+,\d+\s*$", (await Shell.Run("run", "-m", model, "--ids", "273,258,198", "--max-tokens", "3", "--ignore-eos")).Done().Output);
        var text = await Shell.Run("run", "-m", model, "457+385=");
        Assert.Equal((int)RoastError.Unsupported, text.Code);
    }

    [Fact]
    public async Task Steering_says_its_vector_and_a_missing_provenance_is_said_on_the_error_stream()
    {
        string vector = _scratch.Vector("bare.safetensors");
        var run = (await Shell.Run("run", "457+385=", "-v", vector, "--json")).Done();
        Assert.Contains("does not say which model", run.Error);
        var steering = run.Json.GetProperty("steering");
        Assert.Equal((0.2f, "last"), (steering.GetProperty("strength").GetSingle(), steering.GetProperty("scope").GetString()));
    }

    [Fact]
    public async Task A_recommended_strength_is_used_unless_another_is_given()
    {
        string vector = _scratch.Vector("v.safetensors", provenance: new VectorProvenance { RecommendedStrength = Strength.Absolute(0.7f), RecommendedScope = Scope.Generated });
        var own = (await Shell.Run("run", "457+385=", "-v", vector, "--json")).Done().Json.GetProperty("steering");
        Assert.Equal((0.7f, "generated"), (own.GetProperty("strength").GetSingle(), own.GetProperty("scope").GetString()));
        var given = (await Shell.Run("run", "457+385=", "-v", vector, "--strength", "-1.5", "--scope", "all", "--json")).Done().Json.GetProperty("steering");
        Assert.Equal((-1.5f, "all"), (given.GetProperty("strength").GetSingle(), given.GetProperty("scope").GetString()));
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_answer()
    {
        string[] args = ["run", "--raw", "4", "--temperature", "1.5", "--top-k", "50", "--min-p", "0.01", "--repetition-penalty", "1.1", "--max-tokens", "24", "--ignore-eos", "--json"];
        string Ids(Shell.Outcome outcome) => outcome.Done().Json.GetProperty("ids").GetRawText();
        Assert.Equal(Ids(await Shell.Run([.. args, "--seed", "3"])), Ids(await Shell.Run([.. args, "--seed", "3"])));
        Assert.NotEqual(Ids(await Shell.Run([.. args, "--seed", "3"])), Ids(await Shell.Run([.. args, "--seed", "4"])));
    }
}
