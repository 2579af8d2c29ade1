using Xunit;

namespace Roast.Tests.Docs;

/// <summary>No block escapes by accident: its language has a check, or the page says why there is none.</summary>
public class MarkerTests
{
    /// <summary>Of which <c>text</c> is no code: what a program writes, a picture of folders.</summary>
    static readonly string[] Languages = ["csharp", "json", "", "bash", "text", "python"];

    static readonly string[] Markers = ["unchecked", "with", "prints"];

    [Fact]
    public void Every_block_is_checked_or_says_why_not()
    {
        string[] bad = [.. Page.All.SelectMany(page => page.Blocks()).SelectMany(Faults)];
        Assert.True(bad.Length == 0, string.Join('\n', bad));
        Assert.True(CodeSample.Of(Languages).Count() > 30, "The pages' code blocks were not found.");
    }

    static IEnumerable<string> Faults(CodeSample block)
    {
        foreach (string unknown in block.Markers.Keys.Except(Markers)) yield return $"{block}: the comment above it says '{unknown}'; known are {string.Join(", ", Markers)}.";
        if (!block.IsChecked && block.Markers["unchecked"].Length < 10) yield return $"{block}: 'unchecked' gives no reason.";
        if (block.IsChecked && !Languages.Contains(block.Language)) yield return $"{block}: nothing checks '{block.Language}'; put <!-- unchecked: why --> above it.";
    }
}
