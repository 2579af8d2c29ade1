using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>Where a command shows things: results on one stream, as tables or as JSON; progress, notes and errors on the other.</summary>
internal sealed class View
{
    const int RedirectedWidth = 120;                        // characters; a pipe has no width of its own

    readonly TextWriter _output, _error;
    readonly IAnsiConsole _tables, _progress;
    readonly bool _showsProgress;

    public View(TextWriter output, TextWriter error, bool json, bool isTerminal)
    {
        (_output, _error, IsJson) = (output, error, json);
        _showsProgress = isTerminal && !Console.IsErrorRedirected;
        _tables = ConsoleOver(output, isTerminal && !Console.IsOutputRedirected);
        _progress = ConsoleOver(error, _showsProgress);
    }

    public bool IsJson { get; }

    /// <summary>One record, two faces: a table for people, or the same fields as JSON.</summary>
    public void Show<T>(T result, JsonTypeInfo<T> json, Action<T, IAnsiConsole> table)
    {
        if (IsJson) Write(result, json);
        else table(result, _tables);
    }

    /// <summary>Writes the command's one JSON document.</summary>
    public void Write<T>(T result, JsonTypeInfo<T> json) => _output.WriteLine(JsonSerializer.Serialize(result, json));

    /// <summary>A piece of generated text, as it arrives.</summary>
    public void Stream(string piece)
    {
        _output.Write(piece);
        _output.Flush();
    }

    /// <summary>Something worth knowing that is no result.</summary>
    public void Note(string text) => _error.WriteLine($"roast: note: {text}");

    /// <summary>What went wrong.</summary>
    public void Error(string text) => _error.WriteLine($"roast: {text}");

    /// <summary>Does long work, with a bar on the error stream where a person is watching.</summary>
    public Task<T> WithProgress<T>(Func<IProgress<WorkProgress>?, Task<T>> work) => _showsProgress
        ? _progress.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new ProgressBars(context)))
        : work(null);

    static IAnsiConsole ConsoleOver(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
