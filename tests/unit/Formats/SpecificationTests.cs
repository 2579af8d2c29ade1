using System.Reflection;
using System.Text.RegularExpressions;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>docs/steering-format.md and the code name the same keys.</summary>
public partial class SpecificationTests
{
    [Fact]
    public void The_page_names_every_key_that_is_read_and_no_other()
    {
        string[] inCode = [.. typeof(MetadataKey).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.True(inCode.Length > 20, "The keys were not found in the code.");
        Assert.Equal(inCode.Order(StringComparer.Ordinal), Keys().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_vector_that_knows_all_of_its_story_is_written_with_every_key() =>
        Assert.Equal(Keys().Append("format").Append("note").Append("roast.future").Order(StringComparer.Ordinal), ProvenanceWriter.Write(VectorFile.Full.Provenance).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("roast.scaling", "max_norm", "l2_norm", "softmax", "none")]
    [InlineData("roast.pool", "last", "last_content", "mean", "mean_content")]
    [InlineData("roast.recommended.scope", "last", "all", "prompt", "generated")]
    public void The_page_names_every_word_that_a_key_takes(string key, params string[] words)
    {
        (string, string[])[] inCode = [(MetadataKey.Scaling, [.. MetadataKey.Scalings.Select(x => x.Word)]), (MetadataKey.Pool, [.. MetadataKey.Pools.Select(x => x.Word)]), (MetadataKey.Scope, [.. MetadataKey.ScopeWords.Select(x => x.Word)])];
        Assert.Equal(inCode.Single(x => x.Item1 == key).Item2, words);
        Assert.Equal(words, Quoted().Matches(Rows().Single(row => row.Keys == $"`{key}`").Meaning).Select(match => match.Groups[1].Value));
    }

    /// <summary>The keys of the page's table; <c>.mixed</c> behind <c>roast.counts.questions</c> is <c>roast.counts.mixed</c>.</summary>
    static IEnumerable<string> Keys()
    {
        foreach (var (keys, _) in Rows())
        {
            string group = "";
            foreach (Match match in Quoted().Matches(keys))
            {
                string key = match.Groups[1].Value;
                if (key.StartsWith('.')) key = group + key;
                else group = key[..key.LastIndexOf('.')];
                yield return key;
            }
        }
    }

    static IEnumerable<(string Keys, string Meaning)> Rows() => File.ReadLines(Repository.Path("docs", "steering-format.md"))
        .Where(line => line.StartsWith("| `roast.", StringComparison.Ordinal)).Select(line => line.Split('|')).Select(cells => (cells[1].Trim(), cells[2]));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
