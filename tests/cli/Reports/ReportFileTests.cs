using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Roast.Cli;
using Roast.Cli.Reports;
using Xunit;

namespace Roast.Tests.Cli.Reports;

public class ReportFileTests
{
    static RoastException Refused(byte[] bytes) => Assert.Throws<RoastException>(() => ReportFile.OfJson("x.json", bytes));

    static byte[] Changed(Action<JsonNode> change)
    {
        var node = JsonNode.Parse(MadeResults.Bytes(MadeResults.Eval()))!;
        change(node);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    [Theory]
    [InlineData("{\"kind\": \"bench\"}", "'bench'")]
    [InlineData("{\"seconds\": 1}", "missing")]
    [InlineData("{\"kind\": \"eval\"}", "eval --json")]
    [InlineData("{\"kind\": \"eval\", ", "x.json")]
    [InlineData("[1, 2]", "missing")]
    [InlineData("{\"kind\": \"eval\", \"seconds\": 1e999}", "too large to be shown")]
    [InlineData("{\"kind\": \"\\ud800\"}", "surrogate")]
    public void What_no_command_wrote_is_refused_by_name(string json, string mention)
    {
        var refused = Refused(Encoding.UTF8.GetBytes(json));
        Assert.Equal(RoastError.BadFile, refused.Kind);
        Assert.StartsWith("x.json: ", refused.Message);
        Assert.Contains(mention, refused.Message);
    }

    [Fact]
    public void Numbers_that_cannot_be_drawn_are_refused_by_name()
    {
        (string Mention, Action<JsonNode> Change)[] cases =
        [
            ("test.accuracy is 1.5", x => x["test"]!["steered"]!["accuracy"] = 1.5),
            ("test.interval has 1 ends", x => x["test"]!["negative"]!["interval"] = new JsonArray(0.5)),
            ("test.random.accuracies is -0.1", x => x["test"]!["random"]!["accuracies"] = new JsonArray(-0.1)),
            ("sweep.curve has no point", x => x["sweep"]!["curve"] = new JsonArray()),
            ("sweep.curve.strength is too large", x => x["sweep"]!["curve"]![0]!["strength"] = 1e300),
            ("strength is too large", x => x["strength"] = -1e300),
            ("lacks its own strength", x => x["grid"]!["places"]![0]!["strength"] = 7),
            ("first_diverging is 9", x => x["effect"]!["examples"]![0]!["first_diverging"] = 9),
            ("$.test.baseline", x => x["test"]!["baseline"] = null),
            ("$.transcripts", x => x["transcripts"]![0]!["before"] = 5),
        ];
        foreach (var (mention, change) in cases)
        {
            var refused = Refused(Changed(change));
            Assert.Equal(RoastError.BadFile, refused.Kind);
            Assert.Contains(mention, refused.Message);
        }
    }

    [Fact]
    public void A_file_longer_than_the_limit_is_refused_before_it_is_read()
    {
        using var scratch = new Scratch();
        using (var file = File.Create(scratch["long.json"]))
        {
            file.WriteByte((byte)'{');
            file.SetLength(ReportFile.MaxBytes + 1L);
        }
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => ReportFile.Read(scratch["long.json"])).Kind);
        using (var file = File.OpenWrite(scratch["long.json"])) file.SetLength(ReportFile.MaxBytes);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => ReportFile.Read(scratch["long.json"])).Kind);
    }

    [Fact]
    public void Two_evaluations_are_not_mixed()
    {
        byte[] eval = MadeResults.Bytes(MadeResults.Eval());
        var refused = Assert.Throws<UsageException>(() => MadeResults.Page(eval, eval));
        Assert.Contains("0.json and 1.json", refused.Message);
    }

    [Fact]
    public void A_damaged_result_is_refused_or_gives_a_page_that_is_still_well_formed()
    {
        const int seed = 20260117, rounds = 3000;
        var random = new Random(seed);
        byte[][] seeds = [MadeResults.Bytes(MadeResults.Eval()), MadeResults.Bytes(MadeResults.Fit())];
        string[] pieces = ["null", "-1", "1e308", "0", "[]", "{}", "\"<b>\"", "1e-320", "2147483648", "0.5", "true", "\"\\u0000\""];
        int drawn = 0, refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = seeds[round % seeds.Length];
            // A value elsewhere, which keeps most files readable; or any byte.
            string text = Encoding.UTF8.GetString(bytes);
            int colon = text.IndexOf(": ", random.Next(text.Length), StringComparison.Ordinal);
            if (round % 3 > 0 && colon > 0)
            {
                int end = text.IndexOfAny([',', '\n'], colon);
                bytes = Encoding.UTF8.GetBytes(text[..(colon + 2)] + pieces[random.Next(pieces.Length)] + text[end..]);
            }
            else
            {
                bytes = [.. bytes];
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            try
            {
                XElement.Parse(MadeResults.Page(bytes)["<!DOCTYPE html>\n".Length..]);
                drawn++;
            }
            catch (RoastException e) when (e.Kind == RoastError.BadFile) { refused++; }
            catch (Exception e) { Assert.Fail($"seed {seed}, round {round}: {e}\n{Encoding.UTF8.GetString(bytes)}"); }
        }
        Assert.True(drawn > 200 && refused > 200, $"{drawn} drawn, {refused} refused");
    }
}
