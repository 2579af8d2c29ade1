using System.Diagnostics;
using Xunit;

namespace Roast.Tests.Packages;

/// <summary>Runs programs, with NuGet's cache kept apart.</summary>
static class Dotnet
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);                // so that a hanging program fails instead of hanging the tests

    /// <summary>Runs a program; fails with its output where it returns anything but 0.</summary>
    /// <param name="program">Its path, or <c>dotnet</c>.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="cache">An empty folder for NuGet: what this machine has restored already is read, and nothing is added to it.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static async Task<string> Run(string program, string folder, string cache, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        (start.Environment["NUGET_PACKAGES"], start.Environment["NUGET_FALLBACK_PACKAGES"]) = (cache, restored);
        // No server process outlives the test.
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["UseSharedCompilation"], start.Environment["DOTNET_NOLOGO"], start.Environment["DOTNET_CLI_UI_LANGUAGE"]) = ("1", "false", "1", "en");
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
