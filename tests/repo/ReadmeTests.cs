using System.Text.RegularExpressions;
using Xunit;

namespace Roast.Tests.Repo;

public partial class ReadmeTests
{
    const string Demo = "dotnet run -c Release --project src/Roast.Cli -- demo";
    const string Test = "dotnet test -c Release";

    [Fact]
    public void The_readme_shows_both_commands_each_on_a_line_of_a_code_block()
    {
        var blocks = CodeBlock().Matches(SourceTree.Text("README.md")).SelectMany(x => x.Groups[1].Value.Split('\n')).Select(x => x.Trim()).ToArray();
        Assert.Contains(Demo, blocks);
        Assert.Contains(Test, blocks);
    }

    [Fact]
    public void The_continuous_integration_runs_the_test_command_of_the_readme() =>
        Assert.Contains(SourceTree.Text(".ci/run").Split('\n'), line => line.StartsWith(Test, StringComparison.Ordinal));

    [GeneratedRegex("^```[a-z]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
