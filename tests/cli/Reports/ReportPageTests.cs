using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Roast.Cli.Reports.Sections;
using Roast.Cli.Results;
using Xunit;

namespace Roast.Tests.Cli.Reports;

public partial class ReportPageTests
{
    const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & ]]> <!-- \0 \u0007 \uFFFE \u202E é 😀 {{x}} https://evil.example/x.png";

    /// <summary>The page as XML, which it is on purpose: whatever is unclosed, unquoted or unescaped fails here.</summary>
    static XElement Parse(string page)
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page);
        return XElement.Parse(page["<!DOCTYPE html>\n".Length..], LoadOptions.PreserveWhitespace);
    }

    static string Full(string text = "457+385=") => MadeResults.Page(MadeResults.Bytes(MadeResults.Fit(text)), MadeResults.Bytes(MadeResults.Eval(text)));

    [Fact]
    public void A_page_is_well_formed_and_shows_every_section_with_pictures_that_have_names_and_descriptions()
    {
        var page = Parse(Full());
        Assert.Equal(Section.All.Select(section => section.Id), page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        var pictures = page.Descendants("svg").Where(svg => svg.Attribute("role")?.Value == "img").ToArray();
        Assert.Equal(12, pictures.Length);
        string[] ids = [.. page.Descendants().Select(x => x.Attribute("id")?.Value).OfType<string>()];
        Assert.Equal(ids.Distinct(), ids);
        foreach (var picture in pictures)
        {
            string[] named = picture.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal([picture.Element("title")!.Attribute("id")!.Value, picture.Element("desc")!.Attribute("id")!.Value], named);
            Assert.True(picture.Element("title")!.Value.Length > 5 && picture.Element("desc")!.Value.Length > 20, named[0]);
            Assert.Single(picture.Parent!.Elements("details"));                    // and its numbers as a table
        }
        foreach (string link in page.Descendants("a").Select(a => a.Attribute("href")!.Value).Where(href => href.StartsWith('#'))) Assert.Contains(link[1..], ids);
    }

    [Fact]
    public void Text_from_outside_stays_text()
    {
        var page = Parse(Full(Hostile));
        Assert.Single(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        string shown = Hostile.Replace('\0', '\uFFFD').Replace('\u0007', '\uFFFD').Replace('\uFFFE', '\uFFFD');
        var transcripts = page.Descendants("section").Single(section => section.Attribute("id")!.Value == "transcripts");
        Assert.Equal(shown, transcripts.Descendants("tbody").Descendants("th").Single().Value);
        Assert.Contains(page.Descendants("td"), cell => cell.Value == shown);       // metadata
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_result_becomes_the_replacement_character()
    {
        var content = Roast.Cli.Reports.ReportContent.Of([new("x.json", "{}"u8.ToArray()) { Eval = MadeResults.Eval("a\ud800b") }], ["x.json"]);
        Assert.Contains("a\uFFFDb", Parse(Roast.Cli.Reports.ReportPage.Render(content)).Value);
    }

    [Fact]
    public void Nothing_is_fetched_and_only_the_pages_own_script_may_run()
    {
        string page = Full(Hostile);
        var root = Parse(page);
        foreach (var (attribute, value) in root.DescendantsAndSelf().SelectMany(x => x.Attributes()).Select(x => (x.Name.LocalName, x.Value)))
            if (attribute is "src" or "href" or "srcset" or "action" or "data" or "poster" or "background") Assert.Matches("^(#|data:)", value);
        Assert.DoesNotMatch("(?i)@import|url\\(", root.Descendants("style").Single().Value);
        Assert.DoesNotMatch("(?i)fetch|XMLHttpRequest|import\\(|WebSocket|eval\\(|innerHTML", root.Descendants("script").Single().Value);
        string policy = root.Descendants("meta").Single(meta => meta.Attribute("http-equiv")?.Value == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none';", policy);
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Script().Match(page).Groups[1].Value)));
        Assert.Contains($"script-src 'sha256-{hash}'", policy);
    }

    [Fact]
    public void The_files_in_the_page_are_byte_for_byte_those_it_was_made_of()
    {
        byte[] fit = MadeResults.Bytes(MadeResults.Fit()), eval = MadeResults.Bytes(MadeResults.Eval(Hostile));
        var links = Parse(MadeResults.Page(fit, eval)).Descendants("a").Where(a => a.Attribute("download") is not null).ToArray();
        Assert.Equal(["0.json", "1.json"], links.Select(a => a.Attribute("download")!.Value));
        const string prefix = "data:application/json;base64,";
        byte[][] inside = [.. links.Select(a => Convert.FromBase64String(a.Attribute("href")!.Value[prefix.Length..]))];
        Assert.Equal(fit, inside[0]);
        Assert.Equal(eval, inside[1]);
        Assert.Equal("eval", JsonDocument.Parse(inside[1]).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void The_same_files_give_the_same_bytes() => Assert.Equal(Full(), Full());

    [Fact]
    public void Numbers_of_the_result_stand_in_the_page()
    {
        string text = Parse(Full()).Value;
        foreach (string number in (string[])["40.0 %", "95.0 %", "0 of 3", "best 55.0 %", "attn_out.3", "0.900 to 1.000", "19 of 20"]) Assert.Contains(number, text);
    }

    [Fact]
    public void What_was_not_measured_is_said_with_the_command_that_measures_it()
    {
        var eval = MadeResults.Eval() with { Grid = null, Effect = null, Transcripts = [], VectorDetails = null };
        string text = Parse(MadeResults.Page(MadeResults.Bytes(eval))).Value;
        foreach (string command in (string[])["--points-grid each", "--token-effect", "--analysis"]) Assert.Contains(command, text);
        Assert.Contains("Steering changed no answer", text);
        Assert.Contains("No test was run", Parse(MadeResults.Page(MadeResults.Bytes(eval with { Test = null }))).Value);
        Assert.Contains("roast eval --json", Parse(MadeResults.Page(MadeResults.Bytes(MadeResults.Fit()))).Value);
    }

    [Fact]
    public void Splits_that_shared_questions_are_announced()
    {
        string text = Parse(MadeResults.Page(MadeResults.Bytes(MadeResults.Eval() with { Overlap = new OverlapResult(0, 3, 0) }))).Value;
        Assert.Contains("3 of train and test", text);
        Assert.Contains("These accuracies say little", text);
    }

    [GeneratedRegex("<script>(.*)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
