using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast bake</c>.</summary>
internal static class BakeCommand
{
    public static Command Create(View view)
    {
        var path = new Argument<string>("model") { Description = $"Model folder ('{ModelOptions.Bundled}' is the bundled one), or an .onnx file." };
        var vector = new Argument<string>("vector") { Description = "Steering vector." };
        var command = new Command("bake", "Writes a plain ONNX model with a steering in its weights, for any host: the same tokens as live steering in scope all.") { path, vector };
        var strength = Numbers.Float("--strength", "How strongly the vector steers.");
        strength.Required = true;
        var relative = new Option<bool>("--relative") { Description = "The strength is a share of the mean activation norm at each point." };
        var scope = Words.Choice("--scope", "Positions that are steered; all is the only one that can be baked, and the default", hasDefault: false,
            [.. Enum.GetValues<Scope>().Select(scope => new Word<Scope>(scope.Name(), scope))]);
        foreach (Option option in (Option[])[strength, relative, scope]) command.Options.Add(option);
        var output = new FolderOptions(command);
        command.SetAction(args =>
        {
            var asked = args.GetValue(scope)?.Value ?? Scope.All;
            if (asked != Scope.All)
                throw new UsageException($"--scope {asked.Name()} cannot be baked: a plain graph adds the same at every position and cannot tell the prompt from the answer. Bake --scope all, or steer live: roast run --scope {asked.Name()}.");
            float s = args.GetValue(strength)!.Value;
            string file = args.GetRequiredValue(vector);
            var loaded = SteeringVector.Load(file);
            if (args.GetValue(relative) && loaded.Points.Any(point => !loaded.Provenance.MeanNorms.ContainsKey(point)))
                throw new UsageException($"{file}: does not say the mean activation norm at its points, so a relative strength has no meaning for it. Use --strength without --relative.");
            var steering = loaded.Recommended(Strength.Of(s, args.GetValue(relative)), Scope.All);
            var written = ModelRewriter.Bake(ModelOptions.Path(args.GetRequiredValue(path)), steering, output.Path(args), output.Force(args));
            foreach (string doubt in written.Doubts) view.Note(doubt);
            if (written.Output.Copied.Count > 0) view.Note($"{string.Join(", ", written.Output.Copied)}: copied, because no hard link can be made from there to {written.Output.Folder}.");
            view.Show(BakeCommandResult.Of(written), JsonFace.Readable.BakeCommandResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(BakeCommandResult result, IAnsiConsole console)
    {
        StudyTables.Line(console, $"Steered: {string.Join(", ", result.Points)}, strength {StudyTables.Number(result.Strength)}{(result.Relative ? " (relative)" : "")}, at every position");
        StudyTables.Line(console, $"Weights: {WeightsText.Of(result.Linked, result.Copied)}");
        StudyTables.Line(console, $"Model: {Path.Combine(result.Output, result.Graph)}");
    }
}
