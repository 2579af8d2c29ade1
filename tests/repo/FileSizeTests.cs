using Xunit;

namespace Roast.Tests.Repo;

/// <summary>A file is one idea.</summary>
public class FileSizeTests
{
    const int LongestFile = 400, LongestMedian = 150;

    static readonly string[] Sources = [".cs", ".cu", ".h"];

    // A C library's whole contract, three quarters of it text: one file, because its users read and copy one.
    const string Contract = "src/Roast.Native/include/roast.h";

    [Fact]
    public void No_source_file_is_longer_than_400_lines() => SourceTree.AssertNone(
        new[] { "src", "tests", "benchmarks", "kernels", "samples" }.SelectMany(folder => SourceTree.Files(folder, Sources)).Where(x => x != Contract && SourceTree.Lines(x) > LongestFile).Select(x => $"{x}: {SourceTree.Lines(x)} lines"),
        $"A file above {LongestFile} lines has more than one idea; part it:");

    [Fact]
    public void The_median_file_of_src_is_shorter_than_150_lines()
    {
        int[] lines = [.. SourceTree.Files("src", ".cs").Select(SourceTree.Lines).Order()];
        Assert.NotEmpty(lines);
        Assert.True(lines[lines.Length / 2] < LongestMedian, $"The median of {lines.Length} files is {lines[lines.Length / 2]} lines; expected below {LongestMedian}.");
    }
}
