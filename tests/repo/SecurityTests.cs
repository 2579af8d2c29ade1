using System.Text.RegularExpressions;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>SECURITY.md names limits that exist.</summary>
public partial class SecurityTests
{
    [Fact]
    public void Every_limit_of_the_table_is_a_constant_of_src()
    {
        string[] named = [.. Limit().Matches(SourceTree.Text("SECURITY.md")).Select(match => match.Groups[1].Value)];
        Assert.True(named.Length >= 30, $"Only {named.Length} limits were found in SECURITY.md.");
        var sources = SourceTree.Files("src", ".cs").GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => string.Join('\n', group.Select(SourceTree.Text)));
        SourceTree.AssertNone(named.Where(name => name.Split('.') is not [var type, var constant] || !sources.TryGetValue(type, out string? text) || !Regex.IsMatch(text, $@"const (int|long) {constant}\b")),
            "A limit in SECURITY.md is no constant of the type's file:");
    }

    [GeneratedRegex(@"`([A-Z]\w+\.(?:Max\w+|Limit))`")]
    private static partial Regex Limit();
}
