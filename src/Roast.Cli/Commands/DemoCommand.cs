using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Reports;
using Roast.Cli.Results;
using Roast.Contrast;
using Roast.Onnx;
using Roast.Tasks;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast demo</c>: the whole method on the bundled model, in seconds.</summary>
internal static class DemoCommand
{
    const int MaxAnswerTokens = 8;                          // a sum has at most four digits and an end token
    const int EffectQuestions = 200, TranscriptsOnPage = 12;

    public static Command Create(View view)
    {
        var command = new Command("demo", "Fits a vector on the bundled model, chooses its strength on dev, and reports on test with controls.");
        var models = new ModelOptions(command, choosesModel: false);
        var output = new OutputOptions(command, "Steering vector to write.", "careful.safetensors");
        var seed = Numbers.Seed();
        var report = Words.File("--report", "Also analyse the fit and steer each point by itself, and write a page that shows it all; takes a few times longer.");
        command.Options.Add(seed);
        command.Options.Add(report);
        command.SetAction(async (args, cancel) =>
        {
            var clock = Stopwatch.StartNew();
            string path = output.Require(args, mayReplace: IsEarlierDemo);
            string? page = args.GetValue(report);
            if (page is not null) output.Require(args, page);
            OutputOptions.RequireApart(path, page);
            var options = new StudyOptions
            {
                Fit = new RoastOptions { MaxAnswerTokens = MaxAnswerTokens, Seed = args.GetValue(seed), KeepActivations = page is not null },
                Evaluation = new EvaluationOptions { MaxAnswerTokens = MaxAnswerTokens, Seed = args.GetValue(seed) },
            };
            using var model = models.Open(args, view);
            var result = await view.WithProgress(async progress =>
            {
                var study = await Study.FitAsync(model, Load("train"), Load("dev"), Load("test"), options, progress, cancel).ConfigureAwait(false);
                if (study.Fit!.Note is { } note) view.Note(note);
                var result = Result(study, options, path, page is null ? TranscriptResult.Shown : TranscriptsOnPage);
                if (page is not null) result = await AnalyseAsync(result, model, study, options, page, progress, cancel).ConfigureAwait(false);
                study.Vector.Save(path, overwrite: true);   // refused above where it is someone's
                return result with { Seconds = clock.Elapsed.TotalSeconds };
            }).ConfigureAwait(false);
            if (page is not null) ReportPage.Write(page, output.Force(args), ReportContent.Of(result));
            view.Show(result, JsonFace.Readable.DemoResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Whether a file is what an earlier demo wrote: the demo may be run twice, and must not take away anything else.</summary>
    static bool IsEarlierDemo(string path)
    {
        try
        {
            return SteeringVector.Load(path).Provenance.QuestionHashes.ToHashSet().SetEquals(Load("train").Questions.Select(question => question.Hash));
        }
        catch (RoastException)
        {
            return false;                                   // no vector at all
        }
    }

    static RoastTask Load(string split) => RoastTask.Load("exact", ModelOptions.BundledPath("problems", $"{split}.jsonl"));

    /// <summary>What only the page shows: nothing is chosen from it.</summary>
    static async Task<DemoResult> AnalyseAsync(DemoResult result, SteerableModel model, Study study, StudyOptions options, string page, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var analysis = await FitAnalysis.RunAsync(study.Fit!, new AnalysisOptions { Seed = options.Fit.Seed }, progress, cancel).ConfigureAwait(false);
        var effect = await SteeringEffectMeter.RunAsync(model, Load("test").Take(EffectQuestions), study.Steering, MaxAnswerTokens, progress, cancel).ConfigureAwait(false);
        var alone = await GridSweep.RunAsync(model, Load("dev"), study.Vector, [.. study.Vector.Points.Select(point => PointPattern.Of([point]))], options.Strengths, options.Relative,
            study.Steering.Scope, options.Evaluation, progress, cancel).ConfigureAwait(false);
        return result with { Analysis = AnalysisResult.Of(analysis), Effect = EffectResult.Of(effect, model.Tokenizer!), PointsAlone = GridResult.Of(alone), Report = Path.GetFullPath(page) };
    }

    static DemoResult Result(Study study, StudyOptions options, string path, int transcripts)
    {
        string prompt = study.Report.Changed.FirstOrDefault()?.Prompt ?? "457+385=";
        return new DemoResult(0, ModelOptions.Bundled, options.Fit.Seed, FitSummary.Of(study.Fit!, options.Fit), SweepResult.Of(study.Sweep!),
            study.Steering.Strength.Value, study.Steering.Strength.IsRelative, study.Steering.Scope.Name(), TestResult.Of(study.Report), TranscriptResult.Of(study.Report, transcripts),
            Path.GetFullPath(path), $"{Invocation.Prefix} run \"{prompt}\" --vector \"{path}\"", VectorDetails: VectorResult.Of(study.Vector, path));
    }

    static void Table(DemoResult result, IAnsiConsole console)
    {
        StudyTables.Headline(console, result.Test, "Sums on the bundled model");
        StudyTables.Test(console, result.Test);
        StudyTables.Fit(console, result.Fit);
        console.WriteLine();
        StudyTables.Curve(console, result.Sweep, "chosen on dev");
        StudyTables.Transcripts(console, [.. result.Transcripts.Take(TranscriptResult.Shown)]);
        StudyTables.Line(console, "The bundled model was trained to show the method (its card says how it was picked): on another model expect less.");
        StudyTables.Line(console, $"Vector: {result.Vector} (strength {StudyTables.Number(result.Strength)}, scope {result.Scope}); {StudyTables.Number(Math.Round(result.Seconds, 1))} s.");
        if (result.Report is { } report) StudyTables.Line(console, $"Report: {report}");
        StudyTables.Line(console, $"Next:   {result.Next}");
    }
}
