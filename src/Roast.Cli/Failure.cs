using Roast.Cli.Output;
using Roast.Cli.Results;

namespace Roast.Cli;

/// <summary>What a failed command says and returns.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Kind">The <c>error.kind</c> of <c>--json</c>: a name that does not change.</param>
/// <param name="Message">One line.</param>
internal sealed record Failure(int Code, string Kind, string Message)
{
    const string DebugVariable = "ROAST_DEBUG";

    public static Failure Of(Exception e) => e switch
    {
        RoastException roast => new((int)roast.Kind, Snake(roast.Kind.ToString()), OneLine(roast.Message)),
        OperationCanceledException => new(ExitCode.Interrupted, "interrupted", "interrupted: no file was written."),
        UsageException or FormatException => new(ExitCode.Usage, "usage", OneLine(e.Message)),
        // The library refuses a value with an ArgumentException; here every value came from the command line.
        ArgumentException argument => new(ExitCode.Usage, "usage", OneLine(WithoutParameter(argument))),
        // The library says of files what failed as a RoastException: what is left is the output stream, on a disk that is full.
        IOException when e.GetType() == typeof(IOException) => new((int)RoastError.CannotWrite, Snake(nameof(RoastError.CannotWrite)), $"the output cannot be written: {OneLine(e.Message).TrimEnd('.')}. Make room, or send it elsewhere."),
        _ => new(ExitCode.Unexpected, "unexpected", $"unexpected {e.GetType().Name}: {OneLine(e.Message)} Please report this; {DebugVariable}=1 shows details."),
    };

    /// <summary>Shows the failure and returns its exit code.</summary>
    public int Show(View view, Exception e)
    {
        view.Error(Message);
        if (Code == ExitCode.Unexpected && Environment.GetEnvironmentVariable(DebugVariable) == "1") view.Error(e.ToString());
        try
        {
            if (view.IsJson) view.Write(new ErrorResult(new ErrorDetail(Kind, Message)), JsonFace.Readable.ErrorResult);
        }
        catch (IOException) { }                             // the output is what failed, and the error stream has said so
        return Code;
    }

    /// <summary>A message without what .NET appends to it: the C# name of a parameter and the value, which our messages show themselves.</summary>
    static string WithoutParameter(ArgumentException e)
    {
        string message = e.Message.Split('\n')[0].TrimEnd('\r');
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter > 0 ? message[..parameter] : message;
    }

    static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
