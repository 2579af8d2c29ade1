using System.Text.Json;
using Roast.Cli;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary>Runs a command line in this process.</summary>
static class Shell
{
    /// <summary>What a command returned and wrote.</summary>
    internal sealed record Outcome(int Code, string Output, string Error)
    {
        /// <summary>Standard output as the one JSON document that it must be.</summary>
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        /// <summary>Asserts success; a failure shows what the command said.</summary>
        public Outcome Done()
        {
            Assert.True(Code == 0, $"exit code {Code}: {Error}");
            return this;
        }
    }

    public static Task<Outcome> Run(params string[] args) => Run(CancellationToken.None, args);

    public static async Task<Outcome> Run(CancellationToken cancel, params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = await App.RunAsync(args, output, error, cancellationToken: cancel);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
