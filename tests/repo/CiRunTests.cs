using System.Diagnostics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>.ci/run with a dotnet that prints what a case says: its last line and exit code are what continuous integration believes.</summary>
public sealed class CiRunTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-ci-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string Summary(int passed, int failed, int skipped) =>
        $"Test run summary: Whatever\n  a.dll (net10.0|x64) passed (1s)\n\n  total: {passed + failed + skipped}\n  failed: {failed}\n  succeeded: {passed}\n  skipped: {skipped}\n  duration: 1s\nTest run completed with some exit code\n";

    public static TheoryData<string, int, string, int> Cases => new()
    {
        { Summary(12, 0, 0), 0, "12 passed, 0 failed", 0 },
        { Summary(12, 0, 3), 0, "12 passed, 0 failed, 3 skipped", 0 },
        { Summary(11, 1, 0), 2, "11 passed, 1 failed", 2 },
        { Summary(11, 1, 0), 0, "11 passed, 1 failed", 1 },
        { Summary(10, 0, 0) + Summary(5, 0, 1), 0, "15 passed, 0 failed, 1 skipped", 0 },
        { Summary(12, 0, 0), 8, "12 passed, 0 failed", 8 },
        { Summary(0, 0, 0), 0, "0 passed, 0 failed", 1 },
        { Summary(0, 0, 4), 0, "0 passed, 0 failed, 4 skipped", 1 },
        { "error CS1002: ; expected\n", 1, "0 passed, 0 failed", 1 },
        { "  failed: 99\n" + Summary(1, 0, 0).Replace("  succeeded", "\u001b[32m  succeeded").Replace("\n  skipped", "\u001b[m\n  skipped") + "  succeeded: 99\n", 0, "1 passed, 0 failed", 0 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void The_last_line_counts_and_the_exit_code_tells_the_truth(string output, int exit, string lastLine, int expectedExit)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip(".ci/run is a bash script.");
            return;
        }
        File.WriteAllText(Path.Combine(_folder, "output"), output);
        string dotnet = Path.Combine(_folder, "dotnet");
        File.WriteAllText(dotnet, $"#!/bin/sh\n[ \"$*\" = \"test -c Release\" ] || exit 99\ncat '{Path.Combine(_folder, "output")}'\nexit {exit}\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var start = new ProcessStartInfo(Repository.Path(".ci", "run")) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var run = Process.Start(start)!;
        run.ErrorDataReceived += (_, _) => { };
        run.BeginErrorReadLine();
        string[] lines = run.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        run.WaitForExit();
        Assert.Equal((lastLine, expectedExit), (lines[^1], run.ExitCode));
    }
}
