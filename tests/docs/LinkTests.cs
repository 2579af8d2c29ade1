using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>Links inside the repository lead to files and headings that are there, and every page can be reached.</summary>
public partial class LinkTests
{
    static IEnumerable<(Page Page, string Target, string Anchor)> Links() =>
        from page in Page.All
        from link in page.Document.Descendants<LinkInline>()
        where link.Url is { Length: > 0 } url && !url.Contains("://") && !url.StartsWith("mailto:", StringComparison.Ordinal)
        let parts = link.Url!.Split('#', 2)
        select (page, parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Repository.Root, Path.GetFullPath(parts[0], Repository.Path(Path.GetDirectoryName(page.Path)!))).Replace('\\', '/'), parts.Length > 1 ? parts[1] : "");

    [Fact]
    public void A_link_leads_to_what_is_there()
    {
        string[] lost = [.. Links().Where(link => !File.Exists(Repository.Path(link.Target)) && !Directory.Exists(Repository.Path(link.Target))
            || link.Anchor.Length > 0 && !Headings(link.Target).Contains(link.Anchor)).Select(link => $"{link.Page.Path}: {link.Target}{(link.Anchor.Length > 0 ? "#" : "")}{link.Anchor}")];
        Assert.True(lost.Length == 0, $"These links lead nowhere:\n{string.Join('\n', lost)}");
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_readme()
    {
        var links = Links().ToLookup(link => link.Page.Path, link => link.Target);
        var reached = new HashSet<string> { "README.md" };
        for (var next = new Queue<string>(reached); next.TryDequeue(out string? page);)
            foreach (string target in links[page].Where(reached.Add)) next.Enqueue(target);
        string[] lost = [.. Page.All.Select(page => page.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && !reached.Contains(path))];
        Assert.True(lost.Length == 0, $"No link leads to these pages:\n{string.Join('\n', lost)}");
    }

    /// <summary>The anchors of a page, as GitHub makes them: lower case, blanks to hyphens, other signs left out.</summary>
    static IEnumerable<string> Headings(string path) => !path.EndsWith(".md", StringComparison.Ordinal) ? [] :
        Title().Matches(File.ReadAllText(Repository.Path(path))).Select(match => Sign().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Sign();
}
