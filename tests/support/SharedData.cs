using Xunit;

namespace Roast.TestSupport;

/// <summary>
/// The large test data, in shared/data beside the repository (or where ROAST_SHARED_DATA points).
/// A test that needs it skips where it is absent, and fails where CI=true promises it.
/// </summary>
public static class SharedData
{
    /// <summary>The folder, whether it is there or not.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("ROAST_SHARED_DATA") is { Length: > 0 } named
        ? named
        : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));

    /// <summary>A file or folder of the shared data; skips the test where it is absent, fails it where CI=true.</summary>
    public static string Require(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        if (File.Exists(path) || Directory.Exists(path)) return path;
        string reason = $"{path} is absent: put the shared test data beside the repository, or name its folder in ROAST_SHARED_DATA.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(reason);
        Assert.Skip(reason);
        return path;
    }
}
