using System.Text.Json;
using System.Xml.Linq;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary>From the command that measures to the page that shows it.</summary>
public sealed class ReportTests : IDisposable
{
    const int Usage = 2;                                    // exit code

    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string[] Fit(params string[] more) => ["fit", "--data", Scratch.Problems("train"), "--limit", "32", "--max-answer-tokens", "8", "-o", _scratch["v.safetensors"], .. more];

    async Task<JsonElement> Eval(params string[] more) => (await Shell.Run(["eval", "-v", _scratch["v.safetensors"], "--data", Scratch.Problems("test"), "--limit", "40", "--max-answer-tokens", "8", "--random", "2", "--json", .. more])).Done().Json;

    static XElement Page(string path) => XElement.Parse(File.ReadAllText(path)["<!DOCTYPE html>\n".Length..]);

    static string Section(XElement page, string id) => page.Descendants("section").Single(section => section.Attribute("id")!.Value == id).Value;

    [Fact]
    public async Task A_fit_an_evaluation_and_a_vector_come_together_on_one_page()
    {
        var fit = (await Shell.Run(Fit("--analysis", _scratch["fit.json"], "--json"))).Done();
        // One record, two ways out.
        Assert.Equal(fit.Output.ReplaceLineEndings("\n"), File.ReadAllText(_scratch["fit.json"]).ReplaceLineEndings("\n"));
        var points = fit.Json.GetProperty("analysis").GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal(8, points.Length);
        Assert.All(points, point => Assert.InRange(point.GetProperty("separability").GetProperty("auc").GetDouble(), 0, 1));

        var eval = await Eval("--dev", Scratch.Problems("dev"), "--strengths", "0.1,0.5", "--points-grid", "each", "--token-effect", "6", "--transcripts", "5");
        File.WriteAllText(_scratch["eval.json"], eval.ToString());
        Assert.Equal(6, eval.GetProperty("effect").GetProperty("answers").GetInt32());
        Assert.InRange(eval.GetProperty("transcripts").GetArrayLength(), 4, 5);

        var report = (await Shell.Run("report", _scratch["fit.json"], _scratch["eval.json"], _scratch["v.safetensors"], "-o", _scratch["r.html"], "--json")).Done().Json;
        Assert.Equal(new FileInfo(_scratch["r.html"]).Length, report.GetProperty("bytes").GetInt64());
        var page = Page(_scratch["r.html"]);
        foreach (var point in points)
        {
            Assert.Contains(point.GetProperty("point").GetString()!, Section(page, "points"));
            Assert.Contains(point.GetProperty("separability").GetProperty("auc").GetDouble().ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), Section(page, "points"));
        }
        Assert.Contains(eval.GetProperty("transcripts")[0].GetProperty("after").GetString()!, Section(page, "transcripts"));
        Assert.Contains(eval.GetProperty("grid").GetProperty("chosen").GetString()!, Section(page, "places"));
        Assert.Contains("hidden 96", Section(page, "provenance"));
        Assert.DoesNotContain(page.Descendants("p"), p => p.Attribute("class")?.Value == "absent");
        Assert.Equal(["fit.json", "eval.json", "v.safetensors.json"], page.Descendants("a").Select(a => a.Attribute("download")?.Value).OfType<string>());
    }

    [Fact]
    public async Task An_analysis_changes_no_byte_of_the_vector_and_is_made_only_where_it_is_asked_for()
    {
        var plain = (await Shell.Run(Fit("--json"))).Done().Json;
        Assert.Equal(JsonValueKind.Null, plain.GetProperty("analysis").ValueKind);
        byte[] vector = File.ReadAllBytes(_scratch["v.safetensors"]);
        (await Shell.Run(Fit("--analysis", _scratch["fit.json"], "--force"))).Done();
        Assert.Equal(vector, File.ReadAllBytes(_scratch["v.safetensors"]));
        var eval = await Eval("--strength", "0.5");
        Assert.Equal(JsonValueKind.Null, eval.GetProperty("effect").ValueKind);
    }

    [Fact]
    public async Task Rollouts_that_were_read_are_analysed_as_those_that_were_sampled()
    {
        var sampled = (await Shell.Run(Fit("--analysis", _scratch["a.json"], "--save-rollouts", _scratch["r.jsonl"], "--json"))).Done().Json;
        var read = (await Shell.Run(Fit("--analysis", _scratch["b.json"], "--from-rollouts", _scratch["r.jsonl"], "--force", "--json"))).Done().Json;
        foreach (var (a, b) in sampled.GetProperty("analysis").GetProperty("points").EnumerateArray().Zip(read.GetProperty("analysis").GetProperty("points").EnumerateArray()))
        {
            // A pair whose scores differ in the last digits may fall the other way; there are some ten thousand.
            Assert.Equal(a.GetProperty("separability").GetProperty("auc").GetDouble(), b.GetProperty("separability").GetProperty("auc").GetDouble(), Tolerance.OtherProcessor);
            Assert.Equal(a.GetProperty("split_half").GetProperty("mean").GetDouble(), b.GetProperty("split_half").GetProperty("mean").GetDouble(), Tolerance.OtherProcessor);
        }
    }

    [Fact]
    public async Task The_demos_page_shows_every_part_and_its_files_are_the_results()
    {
        var demo = (await Shell.Run("demo", "-o", _scratch["d.safetensors"], "--report", _scratch["d.html"], "--json")).Done();
        var page = Page(_scratch["d.html"]);
        Assert.DoesNotContain(page.Descendants("p"), p => p.Attribute("class")?.Value == "absent");
        Assert.Contains("Nothing was chosen from it", Section(page, "places"));
        string inside = page.Descendants("a").Single(a => a.Attribute("download") is not null).Attribute("href")!.Value;
        Assert.Equal(demo.Output.TrimEnd(), System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(inside[(inside.IndexOf(',') + 1)..])));
        Assert.Equal(8, demo.Json.GetProperty("points_alone").GetProperty("places").GetArrayLength());
        Assert.True(demo.Json.GetProperty("seconds").GetDouble() > 0);

        // What the demo prints as JSON gives the same page.
        _scratch.Write("demo.json", demo.Output.TrimEnd());
        (await Shell.Run("report", _scratch["demo.json"], "-o", _scratch["again.html"])).Done();
        Assert.Equal(Section(page, "accuracy"), Section(Page(_scratch["again.html"]), "accuracy"));
    }

    [Fact]
    public async Task A_page_that_exists_is_kept_unless_force_is_given_and_is_refused_before_the_work()
    {
        _scratch.Vector("v.safetensors");
        _scratch.Write("mine.html", "mine");
        foreach (string[] command in (string[][])[["report", _scratch["v.safetensors"], "-o", _scratch["mine.html"]], ["demo", "-o", _scratch["d.safetensors"], "--report", _scratch["mine.html"]],
            ["fit", "--data", Scratch.Problems("train"), "-o", _scratch["new.safetensors"], "--analysis", _scratch["mine.html"]]])
        {
            var refused = await Shell.Run(command);
            Assert.Equal((int)RoastError.CannotWrite, refused.Code);
            Assert.Contains("--force overwrites", refused.Error);
        }
        Assert.Equal("mine", File.ReadAllText(_scratch["mine.html"]).TrimEnd());
        Assert.Equal(["mine.html", "v.safetensors"], _scratch.Files);
        (await Shell.Run("report", _scratch["v.safetensors"], "-o", _scratch["mine.html"], "--force")).Done();
        Assert.Contains("Steering report", File.ReadAllText(_scratch["mine.html"]));
    }

    [Fact]
    public async Task What_cannot_be_shown_or_measured_is_refused_in_one_line_and_leaves_no_file()
    {
        string text = _scratch.Write("text.json", "{\"kind\": \"bench\"}"), lines = _scratch.Write("rollouts.jsonl", "{\"id\": \"a\"}");
        string[] before = [.. _scratch.Files];
        (int Code, string Mention, string[] Args)[] cases =
        [
            ((int)RoastError.NotFound, "absent.json", ["report", _scratch["absent.json"], "-o", _scratch["r.html"]]),
            ((int)RoastError.BadFile, "'bench'", ["report", text, "-o", _scratch["r.html"]]),
            ((int)RoastError.BadFile, "rollouts.jsonl", ["report", lines, "-o", _scratch["r.html"]]),
            (Usage, "report", ["report"]),
            (Usage, "--analysis", Fit("--analysis", _scratch["fit.json"], "--method", "mean_difference")),
            (Usage, "--token-effect", ["eval", "-v", _scratch.Vector("w.safetensors"), "--data", Scratch.Problems("test"), "--strengths", "0.1,0.5", "--token-effect", "5"]),
        ];
        foreach (var (code, mention, args) in cases)
        {
            var refused = await Shell.Run(args);
            Assert.True(code == refused.Code, $"{string.Join(' ', args)}: exit code {refused.Code}, {refused.Error}");
            Assert.Contains(mention, refused.Error);
            Assert.Single(refused.Error.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
        }
        Assert.Equal(before.Append("w.safetensors").Order(), _scratch.Files);
    }
}
