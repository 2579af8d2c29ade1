using System.CommandLine;
using Roast.Cli.Conversions;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;

namespace Roast.Cli.Commands;

/// <summary><c>roast convert</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create(View view)
    {
        var source = new Argument<string>("source") { Description = "File to read." };
        var target = new Argument<string>("target") { Description = "File to write; the two endings say what is converted." };
        var model = new Option<string?>("--model", "-m") { Description = "Folder or .onnx file of the model that the target is for.", HelpName = "folder" };
        var strength = Numbers.Float("--strength", "Strength that goes into the target; default: what the vector recommends, else 0.2.");
        var relative = new Option<bool>("--relative") { Description = "The strength is a share of the mean activation norm at each point." };
        var force = new Option<bool>("--force") { Description = "Replace an output that exists." };
        var command = new Command("convert", $"Writes a steering vector in another format, or reads one from it: {ConversionTable.Ways}.") { source, target, model, strength, relative, force };
        command.SetAction(args =>
        {
            var (from, to) = (args.GetRequiredValue(source), args.GetRequiredValue(target));
            if (args.GetValue(relative) && args.GetValue(strength) is null) throw new UsageException("--relative says how --strength is meant: give --strength as well.");
            var conversion = ConversionTable.Find(from, to);
            Strength? s = args.GetValue(strength) is not { } value ? null : args.GetValue(relative) ? Strength.Relative(value) : Strength.Absolute(value);
            var points = conversion.Convert(new ConversionRequest(from, to, args.GetValue(model) is { } folder ? ModelOptions.Path(folder) : null, s, args.GetValue(force), view.Note));
            view.Show(new ConvertResult(from, to, [.. points.Select(point => point.ToString())], new FileInfo(to).Length), JsonFace.Readable.ConvertResult,
                (result, console) => StudyTables.Line(console, $"{result.Target}: {result.Bytes:N0} bytes, points {string.Join(", ", result.Points)}."));
            return ExitCode.Done;
        });
        return command;
    }
}
