using System.CommandLine;

namespace Roast.Cli.Output;

/// <summary><c>--json</c>, which every command has.</summary>
internal static class JsonOption
{
    public const string Name = "--json";

    public static Option<bool> Create() => new(Name) { Description = "One JSON document on standard output and nothing else; progress and notes go to standard error.", Recursive = true };
}
