using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Roast.TestSupport;

namespace Roast.Tests.Docs;

/// <summary>A Markdown file of the repository that people read.</summary>
/// <param name="Path">From the repository's root, with '/'.</param>
sealed partial record Page(string Path)
{
    /// <summary>The root's pages, docs, and the pages of samples and examples.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Directory.EnumerateFiles(Repository.Root, "*.md")
        .Concat(new[] { "docs", "samples", "examples" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories)))
        .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(["bin", "obj"]).Any()).Order(StringComparer.Ordinal).Select(path => new Page(path))];

    /// <summary>The page as Markdig understands it.</summary>
    public MarkdownDocument Document => Markdown.Parse(Text);

    /// <summary>The page's text.</summary>
    public string Text => File.ReadAllText(Repository.Path(Path)).ReplaceLineEndings("\n");

    /// <summary>Its code blocks, fenced and indented, in order.</summary>
    public IEnumerable<CodeSample> Blocks() => Document.Descendants<CodeBlock>().Select(block =>
        new CodeSample(this, block.Line + (block is FencedCodeBlock ? 2 : 1), block is FencedCodeBlock fenced ? fenced.Info ?? "" : "", block.Lines.ToString().ReplaceLineEndings("\n"), Markers(block)));

    /// <summary>Comments right above a block: <c>&lt;!-- name: value --&gt;</c>.</summary>
    static Dictionary<string, string> Markers(CodeBlock block)
    {
        var markers = new Dictionary<string, string>();
        int index = block.Parent!.IndexOf(block);
        while (--index >= 0 && block.Parent[index] is HtmlBlock { Type: HtmlBlockType.Comment } comment)
            foreach (Match match in Marker().Matches(comment.Lines.ToString().ReplaceLineEndings("\n"))) markers.Add(match.Groups[1].Value, match.Groups[2].Value.Trim());
        return markers;
    }

    [GeneratedRegex(@"<!--\s*(\w+):(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex Marker();
}

/// <summary>A code block.</summary>
/// <param name="Page">Where it stands.</param>
/// <param name="Line">The line of its first line of code, from 1.</param>
/// <param name="Language">What the fence says; empty for none.</param>
/// <param name="Code">Its lines.</param>
/// <param name="Markers">
/// <c>unchecked</c>: why nothing can check it. <c>with</c>: C# that comes before it. <c>prints</c>: it is run, and this is what it writes.
/// </param>
sealed record CodeSample(Page Page, int Line, string Language, string Code, IReadOnlyDictionary<string, string> Markers)
{
    /// <summary>Whether something checks it.</summary>
    public bool IsChecked => !Markers.ContainsKey("unchecked");

    /// <summary>For messages and test names.</summary>
    public override string ToString() => $"{Page.Path}:{Line}";

    /// <summary>The blocks of all pages that are checked as one of these languages.</summary>
    public static IEnumerable<CodeSample> Of(params string[] languages) => Page.All.SelectMany(page => page.Blocks()).Where(block => block.IsChecked && languages.Contains(block.Language));
}
