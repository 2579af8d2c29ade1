using System.Text.RegularExpressions;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>The messages that docs/troubleshooting.md explains are messages of the code.</summary>
public partial class TroubleshootingTests
{
    static readonly Lazy<string> Sources = new(() => string.Join('\n', Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()).Select(File.ReadAllText)));

    public static TheoryData<string> Messages => [.. Row().Matches(File.ReadAllText(Repository.Path("docs", "troubleshooting.md"))).Select(match => match.Groups[1].Value)];

    [Theory, MemberData(nameof(Messages))]
    public void A_message_that_the_page_explains_is_written_by_the_code(string message)
    {
        foreach (string part in message.Split('…', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(part => part.Length > 4))
            Assert.True(Sources.Value.Contains(part), $"'{part}' is in no source file.");
    }

    // The first column where it is a message and nothing else.
    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
