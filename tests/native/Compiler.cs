using System.Diagnostics;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The C compiler and other programs of this machine. Absent: the test skips, and fails where CI=true promises them.</summary>
internal static class Compiler
{
    /// <summary>Runs a program to its end; fails the test where it does not return 0.</summary>
    public static string Run(string program, string arguments, TimeSpan? limit = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        var (exit, output) = Try(program, arguments, limit, folder, environment);
        Assert.True(exit == 0, $"{program} {arguments}\nended with {exit}:\n{output}");
        return output;
    }

    /// <summary>Both outputs and the exit code; -1 where the program is not there.</summary>
    public static (int Exit, string Output) Try(string program, string arguments, TimeSpan? limit = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? TestSupport.Repository.Root };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit ?? TimeSpan.FromMinutes(2)))
            {
                process.Kill(entireProcessTree: true);
                return (-2, $"{program} did not end in time.");
            }
            return (process.ExitCode, output.Result + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    /// <summary>Skips where a program is absent.</summary>
    public static void Require(string program, string why, string arguments = "--version")
    {
        if (Try(program, arguments).Exit == 0) return;
        string reason = $"'{program}' is absent: {why}. CONTRIBUTING.md names the packages.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
