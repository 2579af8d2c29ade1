using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary>Bad input: an exit code that says the kind, one line that names the thing, no file left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    static string Train => Scratch.Problems("train");

    /// <summary>Asserts that a command fails as it should, in both faces.</summary>
    async Task Fails(int code, string mention, params string[] args)
    {
        string[] before = [.. _scratch.Files];
        var human = await Shell.Run(args);
        Assert.True(code == human.Code, $"exit code {human.Code}, expected {code}: {human.Error}{human.Output}");
        Assert.Contains(mention, human.Error);
        string line = Assert.Single(human.Error.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
        Assert.StartsWith("roast: ", line);
        Assert.DoesNotContain("   at ", human.Error);
        Assert.Equal("", human.Output);
        var json = await Shell.Run([.. args, "--json"]);
        Assert.Equal(code, json.Code);
        Assert.Contains(mention, json.Json.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(before, _scratch.Files);
    }

    string[] Fit(params string[] more) => ["fit", "--data", Train, "--limit", "2", "-o", _scratch["out.safetensors"], .. more];

    [Fact]
    public Task A_missing_model_folder_is_named() => Fails((int)RoastError.NotFound, "no-such-model", Fit("-m", _scratch["no-such-model"]));

    [Fact]
    public Task A_folder_of_questions_is_said_to_be_one() => Fails((int)RoastError.NotFound, "it is a folder", "fit", "--data", _scratch["."], "-o", _scratch["out.safetensors"]);

    [Theory, InlineData("--analysis"), InlineData("--save-rollouts")]
    public Task Two_outputs_with_one_name_are_refused_before_the_work(string option) => Fails(2, "two outputs", Fit(option, Path.Combine(_scratch["."], "out.safetensors")));

    [Fact]
    public Task A_demo_whose_page_would_replace_its_vector_is_refused() => Fails(2, "two outputs", "demo", "-o", _scratch["out.safetensors"], "--report", _scratch["out.safetensors"]);

    [Fact]
    public Task An_empty_file_is_no_report()
    {
        File.WriteAllText(_scratch["empty.json"], "");
        return Fails((int)RoastError.BadFile, "the file is empty", "report", _scratch["empty.json"], "-o", _scratch["out.html"]);
    }

    [Fact]
    public Task A_search_on_its_own_questions_names_train_and_dev() =>
        Fails((int)RoastError.Overlap, "of train and dev", "search", "--data", Train, "--dev", Train, "--limit", "2", "-o", _scratch["out.safetensors"]);

    [Fact]
    public async Task A_device_is_never_replaced_by_a_file()
    {
        if (OperatingSystem.IsWindows()) return;
        await Fails((int)RoastError.CannotWrite, "/dev holds devices", "fit", "--data", Train, "--limit", "2", "-o", "/dev/roast-made-by-a-test", "--force");
        Assert.False(File.Exists("/dev/roast-made-by-a-test"));
    }

    [Theory, InlineData("devices"), InlineData("devices", "--json"), InlineData("--help")]
    public async Task A_full_disk_behind_the_output_is_one_line_and_the_code_for_what_cannot_be_written(params string[] args)
    {
        using var error = new StringWriter();
        Assert.Equal((int)RoastError.CannotWrite, await Roast.Cli.App.RunAsync(args, new FullDisk(), error));
        Assert.Equal("roast: the output cannot be written: No space left on device. Make room, or send it elsewhere.", error.ToString().TrimEnd());
    }

    sealed class FullDisk : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }

    [Fact]
    public Task Missing_questions_are_named() => Fails((int)RoastError.NotFound, "absent.jsonl", "fit", "--data", _scratch["absent.jsonl"], "-o", _scratch["out.safetensors"]);

    [Fact]
    public async Task Half_a_weights_file_is_refused()
    {
        string weights = Path.Combine(_scratch.Model("half"), "model.safetensors");
        using (var file = File.OpenWrite(weights)) file.SetLength(file.Length / 2);
        await Fails((int)RoastError.BadFile, "model.safetensors", Fit("-m", _scratch["half"]));
        await Fails((int)RoastError.BadFile, "model.safetensors", "inspect", weights);
    }

    [Fact]
    public Task A_vector_of_another_width_is_refused() => Fails((int)RoastError.VectorDoesNotFit, "attn_out.3", "run", "457+385=", "-v", _scratch.Vector("narrow.safetensors", width: 95));

    [Fact]
    public async Task A_vector_with_NaN_is_refused()
    {
        string vector = _scratch.NaNVector("nan.safetensors");
        await Fails((int)RoastError.NotFinite, "nan.safetensors", "run", "457+385=", "-v", vector);
        await Fails((int)RoastError.NotFinite, "nan.safetensors", "eval", "-v", vector, "--data", Train);
        await Fails((int)RoastError.NotFinite, "nan.safetensors", "inspect", vector);
    }

    [Fact]
    public Task A_file_of_tensors_is_no_vector() =>
        Fails((int)RoastError.BadFile, "golden.safetensors", "run", "457+385=", "-v", Path.Combine(TestSupport.Repository.DefaultModel, "golden.safetensors"));

    [Fact]
    public Task An_empty_task_is_refused() => Fails((int)RoastError.BadTask, "empty.jsonl", "fit", "--data", _scratch.Write("empty.jsonl"), "-o", _scratch["out.safetensors"]);

    [Fact]
    public Task An_unknown_task_is_refused_with_the_known_ones() => Fails((int)RoastError.BadTask, "exact", Fit("-t", "poetry"));

    [Theory]
    [InlineData("poetry.3", "poetry.3"), InlineData("attn_out.4", "0..3"), InlineData("attn_out.x", "attn_out.x"), InlineData("", "names no points")]
    public Task Points_that_are_not_there_are_refused(string points, string mention) => Fails(2, mention, Fit("--points", points));

    [Theory]
    [InlineData("inf"), InlineData("NaN"), InlineData("Infinity"), InlineData("1e99"), InlineData("much"), InlineData("0,5")]
    public Task A_strength_that_is_no_finite_number_is_refused(string strength) => Fails(2, $"--strength: '{strength}'", "run", "457+385=", "-v", _scratch.Vector("v.safetensors"), "--strength", strength);

    [Theory]
    [InlineData("0.1,0.1"), InlineData("2..0.05"), InlineData("0..1"), InlineData("0.1,,0.2"), InlineData("1..inf"), InlineData("a")]
    public Task A_grid_that_is_none_is_refused(string grid) => Fails(2, grid, "eval", "-v", _scratch.Vector("v.safetensors"), "--data", Train, "--strengths", grid);

    [Theory]
    [InlineData("run", "--max-tokens", "0"), InlineData("run", "--top-p", "0"), InlineData("run", "--top-p", "1.5"), InlineData("run", "--temperature", "-1"), InlineData("run", "--top-k", "0"), InlineData("run", "--seed", "-1")]
    [InlineData("run", "--scope", "some"), InlineData("run", "--threads", "0"), InlineData("run", "--max-rows", "0"), InlineData("run", "--ids", "1,x")]
    [InlineData("fit", "--rollouts", "0"), InlineData("fit", "--scaling", "mean"), InlineData("fit", "--pool", "first"), InlineData("fit", "--method", "pca"), InlineData("fit", "--reread-weight", "2"), InlineData("fit", "--limit", "0"), InlineData("fit", "--max-answer-tokens", "0")]
    public Task A_bad_value_is_refused_by_the_option_that_has_it(string command, string option, string value) =>
        Fails(2, option, command == "run" ? ["run", "457+385=", option, value] : ["fit", "--data", Train, "-o", _scratch["out.safetensors"], option, value]);

    [Theory]
    [InlineData("fit", "--frobnicate"), InlineData("frobnicate", "x")]
    public Task An_unknown_word_is_named(string command, string word) => Fails(2, "frobnicate", command == "fit" ? Fit(word) : [command, word]);

    [Fact]
    public Task Exactly_one_prompt_is_expected() => Fails(2, "found 0", "run");

    [Fact]
    public Task Two_prompts_are_one_too_many() => Fails(2, "found 2", "run", "1+1=", "--raw", "2+2=");

    [Fact]
    public Task A_strength_without_a_vector_is_refused() => Fails(2, "--vector", "run", "1+1=", "--strength", "1");

    [Fact]
    public Task A_token_id_outside_the_vocabulary_is_refused() => Fails(2, "275", "run", "--ids", "5,275");

    [Fact]
    public Task A_prompt_beyond_the_context_is_refused() => Fails((int)RoastError.TooLarge, "256", "run", "--ids", string.Join(',', Enumerable.Repeat(5, 300)));

    [Fact]
    public async Task A_prompt_of_a_megabyte_is_tokenized_and_too_long_for_the_model()
    {
        string megabyte = string.Concat(Enumerable.Repeat("457+385=", 1 << 17)), file = _scratch.Write("long.jsonl", $$"""{"prompt": "{{megabyte}}", "answer": "842"}""");
        Assert.True((await Shell.Run("tokenize", "--file", file, "--json")).Done().Json.GetProperty("texts")[0].GetProperty("ids").GetArrayLength() > 256);
        await Fails((int)RoastError.TooLarge, "256", "eval", "-v", Path.Combine(Repository.DefaultModel, "careful.safetensors"), "--data", file, "--random", "0");
    }

    [Fact]
    public async Task An_output_that_exists_is_refused_and_stays_as_it_is()
    {
        string output = _scratch.Write("mine.safetensors", "mine");
        await Fails((int)RoastError.CannotWrite, "mine.safetensors", "fit", "--data", Train, "-o", output);
        await Fails((int)RoastError.CannotWrite, "mine.safetensors", "fit", "--data", Train, "-o", _scratch["out.safetensors"], "--save-rollouts", output);
        await Fails((int)RoastError.CannotWrite, "mine.safetensors", "activations", "--ids", "5", "--points", "attn_out.0", "-o", output);
        await Fails((int)RoastError.CannotWrite, "nowhere", "fit", "--data", Train, "-o", Path.Combine(_scratch["nowhere"], "out.safetensors"));
        Assert.Equal("mine", File.ReadAllText(output).TrimEnd());
        (await Shell.Run("activations", "--ids", "5", "--points", "attn_out.0", "-o", output, "--force")).Done();
        Assert.True(new FileInfo(output).Length > 96 * sizeof(float));
    }

    [Theory]
    [InlineData("""{"id": "train-0000", "sample": 0, "prompt_ids": [5], "ids": [999], "text": "", "correct": true}""", ":1:ids[0]")]
    [InlineData("""{"id": "train-0000", "sample": 0, "prompt_ids": [], "ids": [5], "text": "", "correct": true}""", ":1:prompt_ids")]
    [InlineData("""{"id": "train-0000", "sample": -1, "prompt_ids": [5], "ids": [5], "text": "", "correct": true}""", ":1:sample")]
    [InlineData("""{"id": "train-0000", "sample": 0, "prompt_ids": [5], "ids": [5], "text": ""}""", ":1:correct")]
    [InlineData("""{"id": "nobody", "sample": 0, "prompt_ids": [5], "ids": [5], "text": "", "correct": true}""", "nobody")]
    [InlineData("""[1]""", ":1:")]
    [InlineData("""{"id": """, "not JSON")]
    public Task A_bad_rollout_is_named_by_line_and_field(string line, string mention) => Fails(mention == "nobody" ? (int)RoastError.BadTask : (int)RoastError.BadFile, mention, Fit("--from-rollouts", _scratch.Write("rollouts.jsonl", line)));

    [Fact]
    public Task A_rollout_twice_is_refused()
    {
        const string line = """{"id": "train-0000", "sample": 0, "prompt_ids": [5], "ids": [5], "text": "", "correct": true}""";
        return Fails((int)RoastError.BadFile, ":2:sample", Fit("--from-rollouts", _scratch.Write("rollouts.jsonl", line, line)));
    }

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("""[{"role": "user"}]"""), InlineData("""[{"role": 1, "content": "x"}]"""), InlineData("[")]
    public Task A_conversation_that_is_none_is_refused(string json) => Fails((int)RoastError.BadFile, "chat.json", "run", "--chat", _scratch.Write("chat.json", json));
}
