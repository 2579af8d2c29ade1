using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Roast.Tasks;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast demo</c>: the whole method on the bundled model, in seconds.</summary>
internal static class DemoCommand
{
    const int MaxAnswerTokens = 8;                          // a sum has at most four digits and an end token

    public static Command Create(View view)
    {
        var command = new Command("demo", "Fits a vector on the bundled model, chooses its strength on dev, and reports on test with controls.");
        var models = new ModelOptions(command, choosesModel: false);
        var output = new OutputOptions(command, "Steering vector to write.", "careful.safetensors");
        var seed = Numbers.Seed();
        command.Options.Add(seed);
        command.SetAction(async (args, cancel) =>
        {
            var clock = Stopwatch.StartNew();
            string path = output.Require(args, mayReplace: IsEarlierDemo);
            var options = new StudyOptions
            {
                Fit = new RoastOptions { MaxAnswerTokens = MaxAnswerTokens, Seed = args.GetValue(seed) },
                Evaluation = new EvaluationOptions { MaxAnswerTokens = MaxAnswerTokens, Seed = args.GetValue(seed) },
            };
            using var model = models.Open(args, view);
            var study = await view.WithProgress(progress => Study.FitAsync(model, Load("train"), Load("dev"), Load("test"), options, progress, cancel)).ConfigureAwait(false);
            study.Vector.Save(path, overwrite: true);       // refused above where it is someone's
            view.Show(Result(clock.Elapsed, study, options, path), JsonFace.Readable.DemoResult, Table);
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

    static DemoResult Result(TimeSpan time, Study study, StudyOptions options, string path)
    {
        string prompt = study.Report.Transcripts.Count > 0 ? study.Report.Transcripts[0].Prompt : "457+385=";
        return new DemoResult(time.TotalSeconds, ModelOptions.Bundled, options.Fit.Seed, FitSummary.Of(study.Fit!, options.Fit), SweepResult.Of(study.Sweep!),
            study.Steering.Strength.Value, study.Steering.Strength.IsRelative, study.Steering.Scope.Name(), TestResult.Of(study.Report), TranscriptResult.Of(study.Report),
            Path.GetFullPath(path), $"{Invocation.Prefix} run \"{prompt}\" --vector \"{path}\"");
    }

    static void Table(DemoResult result, IAnsiConsole console)
    {
        StudyTables.Headline(console, result.Test, "Sums on the bundled model");
        StudyTables.Test(console, result.Test);
        StudyTables.Fit(console, result.Fit);
        console.WriteLine();
        StudyTables.Curve(console, result.Sweep, "chosen on dev");
        StudyTables.Transcripts(console, result.Transcripts);
        StudyTables.Line(console, "The bundled model was trained to show the method (its card says how it was picked): on another model expect less.");
        StudyTables.Line(console, $"Vector: {result.Vector} (strength {StudyTables.Number(result.Strength)}, scope {result.Scope}); {StudyTables.Number(Math.Round(result.Seconds, 1))} s.");
        StudyTables.Line(console, $"Next:   {result.Next}");
    }
}
