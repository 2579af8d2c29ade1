using System.Text.RegularExpressions;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>What must not be in any file, or in all files but one.</summary>
public partial class TextTests
{
    // Taken apart, so that this file does not find itself.
    const string GpuPackage = "Microsoft.ML.OnnxRuntime." + "Gpu";

    [Fact]
    public void No_tracked_text_names_a_path_of_somebodys_machine() => SourceTree.AssertNone(
        SourceTree.Tracked().SelectMany(path => SourceTree.TextOrNull(path) is { } text ? MachinePath().Matches(text).Select(x => $"{path}: {x.Value}").Take(3) : []),
        "A path that exists on one machine only; name it from the repository's root, or by a variable:");

    [Fact]
    public void Nothing_in_src_is_left_for_later() => SourceTree.AssertNone(
        SourceTree.Files("src", ".cs", ".h", ".cu").SelectMany(path => Unfinished().Matches(SourceTree.Text(path)).Select(x => $"{path}: {x.Value}")),
        "Finish it, or say in words what is not supported:");

    [Fact]
    public void No_test_is_skipped_by_an_attribute() => SourceTree.AssertNone(
        SourceTree.Files("tests", ".cs").Where(path => SkipProperty().IsMatch(SourceTree.Text(path))),
        "A skip depends on the machine and gives its reason at run time: SharedData.Require or Assert.Skip:");

    [Fact]
    public void Only_the_flavors_file_and_the_version_list_name_the_gpu_package() => SourceTree.AssertNone(
        SourceTree.Tracked()
            .Where(path => path is not ("build/Flavor.props" or "Directory.Packages.props") && BuildFile().IsMatch(path) && SourceTree.TextOrNull(path)?.Contains(GpuPackage) == true),
        "build/Flavor.props holds the difference between the flavors:");

    // The slash of a URL's path or of a relative path has a word or a dot before it; a machine's path does not.
    [GeneratedRegex(@"(?<![\w.\-:/*}>)])/(home|Users|root|work|tmp|mnt)/[\w.\-]+|\b[A-Z]:\\+Users\\+\w+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(NotImplementedException|TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\[(Fact|Theory)\([^\]]*\bSkip\s*=")]
    private static partial Regex SkipProperty();

    [GeneratedRegex(@"\.(csproj|props|targets|cake)$|^src/.*\.(cs|json)$|packages\.lock\.json$")]
    private static partial Regex BuildFile();
}
