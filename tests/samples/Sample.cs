using System.Diagnostics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Samples;

/// <summary>A sample as a program: what a person starts.</summary>
static class Sample
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);                // so that a hanging program fails instead of hanging the tests

    // The samples were built as this project was: the last two folders are the configuration and the framework.
    static readonly string Built = Path.GetRelativePath(Repository.Path("tests", "samples"), AppContext.BaseDirectory);

    /// <summary>Starts a sample; its streams are redirected.</summary>
    internal static Process Start(string folder, string assembly, params string[] arguments)
    {
        string program = Repository.Path("samples", folder, Built, $"{assembly}.dll");
        Assert.True(File.Exists(program), $"{program} was not built.");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    /// <summary>Runs a sample to its end.</summary>
    internal static async Task<(int Code, string Output, string Error)> Run(string folder, string assembly, string input, params string[] arguments)
    {
        using var process = Start(folder, assembly, arguments);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
