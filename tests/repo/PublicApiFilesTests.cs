using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>An API change shows as a diff of one text file.</summary>
public class PublicApiFilesTests
{
    const string Analyzer = "Microsoft.CodeAnalysis.PublicApiAnalyzers";

    [Fact]
    public void Every_library_whose_api_is_watched_has_its_two_files()
    {
        bool everywhere = new[] { "Directory.Build.props", "src/Directory.Build.props" }.Any(x => SourceTree.Text(x).Contains($"\"{Analyzer}\""));
        var watched = SourceTree.Files("src", ".csproj").Where(x => !x.EndsWith("/Roast.Cli.csproj", StringComparison.Ordinal) && !x.EndsWith("/Roast.Native.csproj", StringComparison.Ordinal) && (everywhere || SourceTree.Text(x).Contains($"\"{Analyzer}\"")));
        SourceTree.AssertNone(
            watched.SelectMany(x => new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }.Select(file => Path.Combine(Path.GetDirectoryName(x)!, file))).Where(x => !File.Exists(Repository.Path(x))),
            $"{Analyzer} compares the API with these files; add them:");
    }
}
