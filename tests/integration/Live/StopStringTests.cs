using CsCheck;
using Roast.Onnx;
using Roast.Onnx.Live;
using Roast.Tests.Integration.DefaultModel;
using Xunit;

namespace Roast.Tests.Integration.Live;

public class StopStringTests(TwoAnnotators reference)
{
    [Theory]
    [InlineData("3", "7", StopReason.StopString)]            // 732 is the answer
    [InlineData("32", "7", StopReason.StopString)]
    [InlineData("29", "732", StopReason.EndToken)]           // the last 2 was held back, and comes at the end
    [InlineData("732", "", StopReason.StopString)]
    public async Task An_answer_ends_before_its_stop_string_streamed_or_whole(string stop, string expected, StopReason reason)
    {
        var options = new GenerationOptions { StopStrings = [stop], MaxTokens = 8 };
        var whole = await reference.Model.CompleteAsync(reference.Model.EncodePrompt("457+385="), options);
        Assert.Equal((expected, reason), (whole.Text, whole.Stop));

        var pieces = new List<string>();
        await foreach (string piece in reference.Model.GenerateAsync("457+385=", options)) pieces.Add(piece);
        Assert.Equal(expected, string.Concat(pieces));
    }

    [Fact]
    public void An_empty_stop_string_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GenerationOptions { StopStrings = ["a", ""] });

    [Fact]
    public void However_a_text_is_cut_into_pieces_it_ends_before_the_first_stop_string()
    {
        var letters = Gen.Char["ab"].Array[0, 12].Select(x => new string(x));
        var stops = Gen.Char["ab"].Array[1, 4].Select(x => new string(x)).List[1, 3];
        Gen.Select(letters.List[0, 8], stops).Sample((pieces, ends) =>
        {
            var watch = new StopStrings(ends);
            string shown = string.Concat(pieces.Select(watch.Append)) + watch.Flush();
            string text = string.Concat(pieces);
            int first = ends.Select(end => text.IndexOf(end, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
            return watch.Hit == (first >= 0) && shown == (first < 0 ? text : shown) && ends.All(end => !shown.Contains(end)) && text.StartsWith(shown, StringComparison.Ordinal)
                && (first < 0 || shown.Length <= first + ends.Max(end => end.Length));
        });
    }
}
