using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>C# blocks compile; those that say what they print are run and print it.</summary>
[Collection(nameof(ProcessState))]
public class CSharpTests
{
    static readonly CodeSample[] All = [.. CodeSample.Of("csharp")];

    public static TheoryData<string> Blocks => [.. All.Select(block => block.ToString())];

    public static TheoryData<string> Printing => [.. All.Where(block => block.Markers.ContainsKey("prints")).Select(block => block.ToString())];

    [Theory, MemberData(nameof(Blocks))]
    public void A_block_compiles(string place) => Assert.NotEmpty(Example.Compile(All.Single(block => block.ToString() == place)));

    [Fact]
    public void A_block_that_does_not_compile_is_found_with_its_line()
    {
        var block = new CodeSample(new Page("docs/some.md"), 7, "csharp", "using System.Text;\nint number = \"text\";", new Dictionary<string, string> { ["with"] = "using System.Globalization; int other = 1;" });
        Assert.Contains("docs/some.md:8", Assert.ThrowsAny<Exception>(() => Example.Compile(block)).Message);
    }

    [Theory, MemberData(nameof(Printing))]
    public void A_block_prints_what_the_page_says(string place)
    {
        var block = All.Single(block => block.ToString() == place);
        // Paths of the pages start at the repository's root; what an example writes must not stay there.
        string before = Directory.GetCurrentDirectory(), folder = Directory.CreateTempSubdirectory("roast-docs-").FullName;
        foreach (string path in Directory.EnumerateFiles(Repository.DefaultModel, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Repository.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        Directory.SetCurrentDirectory(folder);
        try
        {
            Assert.Equal(block.Markers["prints"], Example.Run(Example.Compile(block)).ReplaceLineEndings("\n").Trim());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>Tests that change the current folder or the console: nothing runs beside them.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public class ProcessState;
