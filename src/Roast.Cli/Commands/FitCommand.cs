using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Contrast;
using Roast.Onnx;
using Roast.Sampling;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast fit</c>.</summary>
internal static class FitCommand
{
    public static Command Create(View view)
    {
        var command = new Command("fit", "Fits a steering vector: samples answers to a task's questions, checks them, contrasts right and wrong ones.");
        var tasks = new TaskOptions(command);
        var models = new ModelOptions(command);
        var output = new OutputOptions(command, "Steering vector to write.", "fit.safetensors");
        var points = Words.Read("--points", "Where activations are contrasted and later steered.", "points", PointPattern.Parse);
        points.DefaultValueFactory = _ => PointPattern.Default;
        var method = Words.Choice("--method", "How the vector is fitted", hasDefault: true, new("roast", FitMethod.Roast), new("mean_difference", FitMethod.MeanDifference), new Word<FitMethod>("caa", FitMethod.Caa));
        var scaling = Words.Choice("--scaling", "How one question's contrast is normalized", hasDefault: true, [.. Enum.GetValues<SoftScaling>().Select(x => new Word<SoftScaling>(x.Name(), x))]);
        var pool = Words.Choice("--pool", "Which tokens of an answer speak for it", hasDefault: true, [.. Enum.GetValues<Pool>().Select(x => new Word<Pool>(x.Name(), x))]);
        var rollouts = Numbers.Int("--rollouts", "Answers sampled per question.", new RoastOptions().Rollouts);
        var reread = Numbers.Float("--reread-weight", "Vote of a question whose reference answer stood in for a right one.", (float)new RoastOptions().RereadWeight, least: 0, most: 1);
        var from = Words.File("--from-rollouts", "Fit from these rollouts (JSON lines) and sample none.");
        var save = Words.File("--save-rollouts", "Write the rollouts as JSON lines.");
        foreach (Option option in (Option[])[points, method, scaling, pool, rollouts]) command.Options.Add(option);
        var sampling = new SamplingOptions(command, SamplerOptions.Rollouts, isFull: false);
        foreach (Option option in (Option[])[reread, from, save]) command.Options.Add(option);
        command.SetAction(async (args, cancel) =>
        {
            var clock = Stopwatch.StartNew();
            string path = output.Require(args);
            if (args.GetValue(save) is { } saved) output.Require(args, saved);
            var options = new RoastOptions
            {
                Points = args.GetRequiredValue(points),
                Method = args.GetRequiredValue(method)!.Value,
                Scaling = args.GetRequiredValue(scaling)!.Value,
                Pool = args.GetRequiredValue(pool)!.Value,
                Rollouts = args.GetValue(rollouts)!.Value,
                RereadWeight = args.GetValue(reread)!.Value,
                Sampler = sampling.Read(args),
                Seed = sampling.Seed(args),
                MaxAnswerTokens = tasks.MaxAnswerTokens(args),
            };
            var task = tasks.Load(args);
            using var model = models.Open(args, view);
            var given = args.GetValue(from) is { } file ? RolloutFile.Read(file, model.Shape.VocabularySize) : null;
            var fit = await view.WithProgress(progress => given is null
                ? Roaster.FitInDetailAsync(model, task, options, progress, cancel)
                : Roaster.FitFromRolloutsAsync(model, task, given, options, progress, cancel)).ConfigureAwait(false);
            if (args.GetValue(save) is { } rolloutPath) RolloutFile.Write(rolloutPath, fit.Rollouts, output.Force(args));
            fit.Vector.Save(path, output.Force(args));
            var norms = fit.Vector.Points.ToDictionary(point => point.ToString(), point => (double)fit.Vector.Norm(point));
            view.Show(new FitCommandResult(clock.Elapsed.TotalSeconds, model.FullPath, task.Name, options.Seed, FitSummary.Of(fit, options), norms, Path.GetFullPath(path), args.GetValue(save)),
                JsonFace.Readable.FitCommandResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(FitCommandResult result, IAnsiConsole console)
    {
        StudyTables.Fit(console, result.Fit);
        var table = new Table().Border(TableBorder.Simple).AddColumn("point").AddColumn(new TableColumn("norm").RightAligned());
        foreach (var (point, norm) in result.Norms) table.AddRow(point, StudyTables.Number(norm));
        console.Write(table);
        if (result.SavedRollouts is { } rollouts) StudyTables.Line(console, $"Rollouts: {rollouts}");
        StudyTables.Line(console, $"Vector: {result.Vector}; {StudyTables.Number(Math.Round(result.Seconds, 1))} s. Choose its strength: {Invocation.Prefix} eval -v \"{result.Vector}\" --dev DEV.jsonl --data TEST.jsonl");
    }
}
