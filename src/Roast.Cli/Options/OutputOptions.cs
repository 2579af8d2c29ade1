using System.CommandLine;
using Roast.Files;

namespace Roast.Cli.Options;

/// <summary>The file that a command writes.</summary>
internal sealed class OutputOptions
{
    readonly Option<string> _output = new("--output", "-o") { HelpName = "file" };
    readonly Option<bool> _force = new("--force") { Description = "Replace an output that exists." };

    /// <param name="command">Receives the options.</param>
    /// <param name="description">What is written.</param>
    /// <param name="value">The default; <c>null</c>: the option is required.</param>
    public OutputOptions(Command command, string description, string? value)
    {
        _output.Description = description;
        _output.Required = value is null;
        if (value is not null) _output.DefaultValueFactory = _ => value;
        command.Options.Add(_output);
        command.Options.Add(_force);
    }

    /// <summary>The output, refused now where it could not be written after the work.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="mayReplace">Says of a file that exists whether it may be replaced unasked; <c>null</c>: none may.</param>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public string Require(ParseResult args, Func<string, bool>? mayReplace = null)
    {
        string path = args.GetRequiredValue(_output);
        Require(args, path, mayReplace);
        return path;
    }

    /// <summary>Refuses another output of the same command now where it could not be written after the work.</summary>
    public void Require(ParseResult args, string path, Func<string, bool>? mayReplace = null)
    {
        Require(path, Force(args) || (mayReplace is not null && File.Exists(path) && mayReplace(path)));
    }

    /// <summary>Refuses an output now where it could not be written after the work.</summary>
    public static void Require(string path, bool mayReplace)
    {
        try { OutputFile.Require(path, mayReplace); }
        catch (RoastException e) when (File.Exists(path)) { throw new RoastException(e.Kind, $"{e.Message} --force overwrites.", e); }
    }

    /// <summary>Refuses two outputs of one command that are one file: the second would replace the first.</summary>
    /// <param name="paths"><c>null</c>: that output is not written.</param>
    /// <exception cref="UsageException">Two are the same.</exception>
    public static void RequireApart(params string?[] paths)
    {
        var twice = paths.OfType<string>().GroupBy(RealPath.Of).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new UsageException($"{twice.First()} is named for two outputs of this command, and one would replace the other. Name two files.");
    }

    public bool Force(ParseResult args) => args.GetValue(_force);
}
