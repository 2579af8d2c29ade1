using System.CommandLine;
using System.Text;
using Roast.Cli;
using Roast.Cli.Output;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary>docs/cli.md is what the commands say of themselves. ROAST_UPDATE_DOCS=1 writes it.</summary>
public class ReferenceTests
{
    const string Update = "ROAST_UPDATE_DOCS";

    static RootCommand Root() => App.Root(new View(TextWriter.Null, TextWriter.Null, json: false, isTerminal: false));

    public static TheoryData<string> Commands => [.. Root().Subcommands.Select(command => command.Name)];

    [Fact]
    public void The_reference_lists_every_option_with_its_default()
    {
        string path = Repository.Path("docs", "cli.md"), expected = Markdown();
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(path, expected);
        string actual = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(expected == actual, $"docs/cli.md differs from the commands. Run the tests with {Update}=1, read the difference, commit it.");
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Help_names_every_option_and_shows_examples_that_parse(string name)
    {
        var (help, command) = ((await Shell.Run(name, "--help")).Done(), Root().Subcommands.Single(x => x.Name == name));
        foreach (var option in command.Options) Assert.Contains(option.Name, help.Output);
        Assert.Contains(command.Description![..40], help.Output);
        string[] examples = [.. help.Output.ReplaceLineEndings("\n").Split("Examples:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.InRange(examples.Length, 2, 3);
        foreach (string example in examples)
        {
            Assert.StartsWith($"roast {name}", example);
            Assert.Empty(Root().Parse(example[6..].Split(" > ")[0]).Errors);
        }
    }

    [Fact]
    public async Task Help_of_the_program_names_every_command()
    {
        string help = (await Shell.Run("--help")).Done().Output;
        foreach (string name in Commands) Assert.Contains(name, help);
    }

    static string Markdown()
    {
        var text = new StringBuilder("""
            # The command line

            `roast` has a command per task. Every command has `--help` with examples, and `--json`: one JSON document on standard
            output and nothing else, while progress, notes and errors go to standard error. The default model, `two-annotators`,
            travels with the program. Numbers are written with a point (`0.5`).

            | exit code | meaning |
            |---|---|
            | 0 | done |
            | 1 | unexpected; please report it (`ROAST_DEBUG=1` shows details) |
            | 2 | the command line makes no sense: an unknown option, a value out of range |

            """.ReplaceLineEndings("\n"));
        foreach (var kind in Enum.GetValues<RoastError>()) text.Append($"| {(int)kind} | `{Snake(kind.ToString())}` |\n");
        text.Append("| 130 | interrupted (Ctrl-C); no file was written |\n\nA failure is one line on standard error, and with `--json` also `{\"error\": {\"kind\": ..., \"message\": ...}}` on standard output.\n");
        text.Append("""

            Files that are read or written as JSON lines have one object a line:

            - questions (`--data`, `--dev`) of task `exact`: `{"prompt": "457+385=", "answer": "842", "id": "q1", "wrong": "732"}`; id and wrong may be left out
            - answers (`--answers`): `{"id": "q1", "response": "842"}`
            - rollouts (`--from-rollouts`, `--save-rollouts`): `{"id": "q1", "sample": 0, "prompt_ids": [5, 6], "ids": [7], "text": "842", "correct": true}`
            - sequences (`--file` of activations): `{"prompt": "457+385="}` or `{"ids": [5, 6, 7]}`
            - texts (`--file` of tokenize): `{"text": "457+385="}` or `{"messages": [{"role": "user", "content": "457+385="}]}`

            Questions of other tasks have the fields that `roast tasks` lists; they may also be one JSON list (.json), CSV or TSV (.csv, .tsv).
            A conversation (`--chat`) is one JSON list: `[{"role": "user", "content": "457+385="}]`.

            """.ReplaceLineEndings("\n"));
        foreach (var command in Root().Subcommands.SelectMany(command => (Command[])[command, .. command.Subcommands]))
        {
            string path = command.Parents.First() is RootCommand ? command.Name : $"{command.Parents.First().Name} {command.Name}";
            text.Append($"\n## roast {path}{string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}"))}\n\n{command.Description}\n");
            if (command.Arguments.Count + command.Options.Count > 0) text.Append("\n| option | default | meaning |\n|---|---|---|\n");
            foreach (var argument in command.Arguments) text.Append($"| `{argument.Name}` | | {argument.Description} |\n");
            foreach (var option in command.Options)
                text.Append($"| `{string.Join("`, `", [option.Name, .. option.Aliases])}`{(option.HelpName is null ? "" : $" {option.HelpName}")} | {Default(option)} | {option.Description} |\n");
        }
        return text.ToString();
    }

    static string Default(Option option) => option.Required ? "required" : option.HasDefaultValue && option.ValueType != typeof(bool) ? $"`{Convert.ToString(option.GetDefaultValue(), System.Globalization.CultureInfo.InvariantCulture)}`" : "";

    static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
