using System.CommandLine;
using System.CommandLine.Invocation;
using Roast.Cli.Commands;
using Roast.Cli.Output;

namespace Roast.Cli;

/// <summary>The program: command line in, text and an exit code out. No state of its own, so that tests run it in process.</summary>
internal static class App
{
    // ONNX Runtime is told to stop inside a step; a step of a large model on a slow machine may still take seconds.
    static readonly TimeSpan PatienceAfterCtrlC = TimeSpan.FromSeconds(10);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Progress, notes and errors.</param>
    /// <param name="isTerminal">The writers are this process's console: use its width and colors where they are not redirected, and listen to Ctrl-C.</param>
    /// <param name="cancellationToken">Does what Ctrl-C does.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, bool isTerminal = false, CancellationToken cancellationToken = default)
    {
        // Asked before parsing, because a command line that does not parse is answered in the same form.
        var view = new View(output, error, json: args.Contains(JsonOption.Name), isTerminal);
        try
        {
            var parsed = Root(view).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });      // a prompt may begin with @
            if (parsed.Errors.Count > 0 && parsed.Action is not CommandLineAction { ClearsParseErrors: true }) throw new UsageException(string.Join(" ", parsed.Errors.Select(e => e.Message).Distinct()) + $" See '{Hint(parsed)} --help'.");
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = isTerminal ? PatienceAfterCtrlC : null,
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return Failure.Of(e).Show(view, e);
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Root(View view)
    {
        var root = new RootCommand("Steers language models: samples answers, checks them, contrasts activations, and adds the resulting vector while the model generates.")
        {
            DemoCommand.Create(view),
            FitCommand.Create(view),
            SearchCommand.Create(view),
            EvalCommand.Create(view),
            ReportCommand.Create(view),
            RunCommand.Create(view),
            ActivationsCommand.Create(view),
            InspectCommand.Create(view),
            InstrumentCommand.Create(view),
            BakeCommand.Create(view),
            TasksCommand.Create(view),
            VerifyCommand.Create(view),
            TokenizeCommand.Create(view),
            BenchCommand.Create(view),
            ExportCommand.Create(view),
            ConvertCommand.Create(view),
            VectorCommand.Create(view),
            DevicesCommand.Create(view),
        };
        root.Options.Add(JsonOption.Create());
        HelpWithExamples.AddTo(root);
        return root;
    }

    static string Hint(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "roast" : $"roast {parsed.CommandResult.Command.Name}";
}
