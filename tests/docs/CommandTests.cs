using System.CommandLine;
using Roast.Cli;
using Roast.Cli.Output;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>Command lines: <c>roast</c> parses them, and paths into the repository lead somewhere.</summary>
public class CommandTests
{
    /// <summary>Programs that pages may call beside <c>roast</c>. A line that begins with another word is a mistake, or no command: tag the block <c>text</c>.</summary>
    static readonly string[] Programs = ["dotnet", "time", "curl", "cmake", "ctest", "cc", "c++", "python", "python3", "git", "export", "cd", "apt-get", "tar"];

    static readonly string[] Folders = ["src", "tests", "benchmarks", "samples", "examples", "kernels", "models", "docs"];

    // What stands for a value in a page, where the command wants a number or a pattern.
    static readonly Dictionary<string, string> Values = new() { ["S"] = "0.5", ["N"] = "3", ["POINTS"] = "attn_out.*" };

    static RootCommand Root() => App.Root(new View(TextWriter.Null, TextWriter.Null, json: false, isTerminal: false));

    public static TheoryData<string> Blocks => [.. CodeSample.Of("", "bash").Select(block => block.ToString())];

    [Theory, MemberData(nameof(Blocks))]
    public void Every_line_is_a_command_that_exists(string place)
    {
        var block = CodeSample.Of("", "bash").Single(block => block.ToString() == place);
        string[] faults = [.. ShellLine.Read(block.Code).SelectMany(line => Faults(line).Select(fault => $"{block.Page.Path}:{block.Line + line.Number}: {fault}"))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Theory, InlineData("roast demonstrate"), InlineData("roast run --vectr v.safetensors"), InlineData("roast bake M V --strength much -o D"), InlineData("frobnicate it"), InlineData("dotnet test --project tests/none.csproj"), InlineData("dotnet run --project src/Roast.Cli -- demonstrate")]
    public void A_command_that_does_not_exist_is_found(string line) => Assert.NotEmpty(ShellLine.Read(line).SelectMany(Faults));

    static IEnumerable<string> Faults(ShellLine line)
    {
        string[] words = line.Words;
        if (words.Length == 0) return [];
        if (words[0] == "roast") return Roast(words[1..]);
        if (!Programs.Contains(words[0])) return File.Exists(Repository.Path(words[0])) || IsMade(words[0]) ? [] : [$"'{words[0]}' is no program that pages call. Tag the block text, or add the program to this test."];
        int rest = Array.IndexOf(words, "--");
        var lost = words.Where(word => Folders.Contains(word.Split('/')[0]) && word.Contains('/') && !IsMade(word) && !File.Exists(Repository.Path(word)) && !Directory.Exists(Repository.Path(word))).Select(word => $"{word} does not exist.");
        return words.Contains("src/Roast.Cli") && rest >= 0 ? lost.Concat(Roast(words[(rest + 1)..])) : lost;
    }

    static IEnumerable<string> Roast(string[] arguments) =>
        Root().Parse([.. arguments.Select(word => Values.GetValueOrDefault(word, word))], new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors.Select(error => $"roast {string.Join(' ', arguments)}: {error.Message}");

    /// <summary>Whether a build makes it.</summary>
    static bool IsMade(string path) => path.Split('/') is { Length: > 1 } parts && (parts.Contains("bin") || parts[0] is "artifacts" or "build" or ".");
}
