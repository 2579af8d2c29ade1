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
        var analysis = Words.File("--analysis", "Analyse the fit and write everything about it as one JSON document: what 'roast report' draws.");
        foreach (Option option in (Option[])[reread, from, save, analysis]) command.Options.Add(option);
        command.SetAction(async (args, cancel) =>
        {
            var clock = Stopwatch.StartNew();
            string path = output.Require(args);
            foreach (string? other in (string?[])[args.GetValue(save), args.GetValue(analysis)])
                if (other is not null) output.Require(args, other);
            OutputOptions.RequireApart(path, args.GetValue(save), args.GetValue(analysis));
            bool analyses = args.GetValue(analysis) is not null;
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
                KeepActivations = analyses,
            };
            if (analyses && options.Method == FitMethod.MeanDifference) throw new UsageException("--analysis tells of the mean of the questions' contrasts, and a pooled mean difference is another vector: fit by roast or caa, or leave --analysis out.");
            var task = tasks.Load(args);
            using var model = models.Open(args, view);
            var given = args.GetValue(from) is { } file ? RolloutFile.Read(file, model.Shape.VocabularySize) : null;
            var (fit, found) = await view.WithProgress(async progress =>
            {
                var fit = await (given is null
                    ? Roaster.FitInDetailAsync(model, task, options, progress, cancel)
                    : Roaster.FitFromRolloutsAsync(model, task, given, options, progress, cancel)).ConfigureAwait(false);
                return (fit, analyses ? await FitAnalysis.RunAsync(fit, new AnalysisOptions { Seed = options.Seed }, progress, cancel).ConfigureAwait(false) : null);
            }).ConfigureAwait(false);
            if (fit.Note is { } note) view.Note(note);
            if (args.GetValue(save) is { } rolloutPath) RolloutFile.Write(rolloutPath, fit.Rollouts, output.Force(args));
            fit.Vector.Save(path, output.Force(args));
            var norms = fit.Vector.Points.ToDictionary(point => point.ToString(), point => (double)fit.Vector.Norm(point));
            var result = new FitCommandResult(clock.Elapsed.TotalSeconds, model.FullPath, task.Name, options.Seed, FitSummary.Of(fit, options), norms, Path.GetFullPath(path), args.GetValue(save),
                found is null ? null : AnalysisResult.Of(found), VectorResult.Of(fit.Vector, path));
            if (args.GetValue(analysis) is { } analysisPath) JsonFace.WriteFile(analysisPath, output.Force(args), result, JsonFace.Readable.FitCommandResult);
            view.Show(result, JsonFace.Readable.FitCommandResult, (result, console) => Table(result, args.GetValue(analysis), console));
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(FitCommandResult result, string? analysis, IAnsiConsole console)
    {
        StudyTables.Fit(console, result.Fit);
        if (result.Analysis is { } found) AnalysisTable.Write(console, found);
        else
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("point").AddColumn(new TableColumn("norm").RightAligned());
            foreach (var (point, norm) in result.Norms) table.AddRow(point, StudyTables.Number(norm));
            console.Write(table);
        }
        if (analysis is not null) StudyTables.Line(console, $"Analysis: {analysis}; to look at it: {Invocation.Prefix} report \"{analysis}\" -o report.html");
        if (result.SavedRollouts is { } rollouts) StudyTables.Line(console, $"Rollouts: {rollouts}");
        StudyTables.Line(console, $"Vector: {result.Vector}; {StudyTables.Number(Math.Round(result.Seconds, 1))} s. Choose its strength: {Invocation.Prefix} eval -v \"{result.Vector}\" --dev DEV.jsonl --data TEST.jsonl");
    }
}
