using Roast.Cli.Output;
using Roast.Onnx;
using Spectre.Console;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary>What a person at a terminal sees, and what a pipe must not.</summary>
public sealed class TerminalTests : IDisposable
{
    const char Escape = '\e';

    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task What_is_piped_has_no_escape_codes_and_no_progress()
    {
        string vector = _scratch.Vector("v.safetensors", value: 0.02f);
        string[][] commands =
        [
            ["demo", "-o", _scratch["demo.safetensors"]],
            ["fit", "--data", Scratch.Problems("train"), "--limit", "12", "--max-answer-tokens", "8", "-o", _scratch["fit.safetensors"], "--analysis", _scratch["fit.json"]],
            ["eval", "-v", vector, "--dev", Scratch.Problems("dev"), "--data", Scratch.Problems("test"), "--limit", "20", "--strengths", "0.1,0.5", "--random", "2", "--token-effect", "5", "--max-answer-tokens", "8"],
            ["report", _scratch["fit.json"], "-o", _scratch["fit.html"]],
        ];
        foreach (string[] command in commands)
        {
            var run = (await Shell.Run(command)).Done();
            Assert.DoesNotContain(Escape, run.Output);
            Assert.DoesNotContain(Escape, run.Error);
            Assert.DoesNotContain('\r', run.Output.ReplaceLineEndings("\n"));
            Assert.DoesNotContain("/s", run.Error);
            Assert.NotEqual("", run.Output);
        }
    }

    [Fact]
    public void A_sparkline_has_a_block_a_value_as_high_as_it_is_large()
    {
        Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of(Enumerable.Range(0, 8).Select(i => i / 8.0), 0, 1));
        Assert.Equal("▁▁██", Sparkline.Of([-5, 0, 1, 7], 0, 1));
        Assert.Equal("▁▁", Sparkline.Of([1, 2], 3, 3));
        Assert.Equal("", Sparkline.Of([], 0, 1));
    }

    [Fact]
    public async Task The_curves_table_ends_with_the_curve_in_a_line()
    {
        string vector = _scratch.Vector("v.safetensors", value: 0.02f);
        string[] lines = (await Shell.Run("eval", "-v", vector, "--data", Scratch.Problems("dev"), "--limit", "20", "--strengths", "0.1,0.5,2", "--max-answer-tokens", "8")).Done().Output.ReplaceLineEndings("\n").Split('\n');
        string spark = Assert.Single(lines, line => line.Contains("without steering; strengths 0.1 to 2"));
        Assert.Matches("^  [▁-█] [▁-█]{3}  [0-9.]+ % without steering; strengths 0.1 to 2, best [0-9.]+ %$", spark.TrimEnd());
    }

    [Theory]
    [InlineData(ColorSystemSupport.NoColors, 0), InlineData(ColorSystemSupport.Standard, 4)]
    public void The_chosen_strength_stands_out_in_color_and_without_colors_nothing_does(ColorSystemSupport colors, int codes)
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, ColorSystem = colors, Interactive = InteractionSupport.No });
        console.Profile.Capabilities.Unicode = true;
        StudyTables.Curve(console, Reports.MadeResults.Eval().Sweep!, "curve");
        Assert.Equal(codes, written.ToString().Count(c => c == Escape));    // a color on and off, for the baseline and for the chosen one
        Assert.Contains("strength 0.5", written.ToString());
    }

    [Fact]
    public void A_rate_is_what_was_done_since_the_clock_started()
    {
        WorkProgress first = new("rollouts", 10, 1000, 100), now = new("rollouts", 510, 1000, 8100);
        Assert.Equal("250/s 4,000 tokens/s", Rate.Between(first, now, TimeSpan.FromSeconds(2)).ToString());
        Assert.Equal("0.5/s", Rate.Between(first, first with { Done = 11 }, TimeSpan.FromSeconds(2)).ToString());
        Assert.Equal("", Rate.Between(first, first, TimeSpan.FromSeconds(2)).ToString());
        Assert.Equal("", Rate.Between(first, now, TimeSpan.Zero).ToString());
    }
}
