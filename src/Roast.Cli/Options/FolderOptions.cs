using System.CommandLine;

namespace Roast.Cli.Options;

/// <summary>The model folder that a command writes.</summary>
internal sealed class FolderOptions
{
    readonly Option<string> _output = new("--output", "-o") { Description = "Folder to write; its parent exists.", HelpName = "folder", Required = true };
    readonly Option<bool> _force = new("--force") { Description = "Replace a model folder that exists." };

    public FolderOptions(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_force);
    }

    public string Path(ParseResult args) => args.GetRequiredValue(_output);

    public bool Force(ParseResult args) => args.GetValue(_force);
}
