using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Roast.Tasks;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast eval</c>.</summary>
internal static class EvalCommand
{
    public static Command Create(View view)
    {
        var command = new Command("eval", "Evaluates a steering vector with its controls: no steering, -v, and random directions of equal norm.");
        var steering = new SteeringOptions(command, vectorIsRequired: true);
        var tasks = new TaskOptions(command);
        var models = new ModelOptions(command);
        var strengths = Words.Read<IReadOnlyList<float>?>("--strengths", "Strengths to sweep: a list (0.05,0.1,0.2), or the ends of a logarithmic grid of 12 (0.05..2). Chosen from on --dev; without --dev the curve over --data is all that is shown.", "list", StrengthGrid.Parse);
        var dev = Words.File("--dev", "Questions to choose the strength on; without --strengths over a wide grid.");
        var places = PlaceGrid.Option("Places to choose from on --dev, separated by ';' (\"attn_out.*;mlp_act.first5,attn_out.first5\"); 'each' stands for every point of the vector by itself.", takesEach: true);
        var random = Numbers.Int("--random", "Random directions to compare with.", new EvaluationOptions().RandomDirections, least: 0, most: 10_000);
        var transcripts = Numbers.Int("--transcripts", "Questions whose answer changed to show before and after, at most.", TranscriptResult.Shown, least: 0, most: 1000);
        var effect = Numbers.Int("--token-effect", "Compare the next-token distributions with and without steering along the unsteered answers to this many of the data's questions.");
        var allow = new Option<bool>("--allow-overlap") { Description = "Evaluate although questions were trained on or chosen on; the result says how many." };
        var seed = Numbers.Seed();
        var save = Words.File("--save-answers", "Write every question with its answers without and with steering as JSON lines.");
        var force = new Option<bool>("--force") { Description = "Replace a file of answers that exists." };
        foreach (Option option in (Option[])[strengths, places, dev, random, transcripts, effect, save, force, allow, seed]) command.Options.Add(option);
        command.SetAction(async (args, cancel) =>
        {
            var (clock, grid, devFile) = (Stopwatch.StartNew(), args.GetValue(strengths), args.GetValue(dev));
            if (steering.Strength(args) is not null && (grid is not null || devFile is not null)) throw new UsageException("--strength is a choice already: give it, or --strengths and --dev to choose from, not both.");
            if (steering.Relative(args) && steering.Strength(args) is null && grid is null && devFile is null) throw new UsageException("--relative says how strengths are meant: give --strength, --strengths or --dev as well.");
            if (args.GetValue(places) is not null && devFile is null) throw new UsageException("--points-grid needs --dev: questions to choose the place on.");
            if (args.GetValue(effect) is not null && grid is not null && devFile is null) throw new UsageException("--token-effect needs one strength, and --strengths without --dev chooses none: give --strength, or --dev as well.");
            string? answers = args.GetValue(save);
            if (answers is not null && grid is not null && devFile is null) throw new UsageException("--save-answers needs one strength, and --strengths without --dev chooses none: give --strength, or --dev as well.");
            if (answers is not null) OutputOptions.Require(answers, args.GetValue(force));
            var (data, devTask) = (tasks.Load(args), devFile is null ? null : tasks.Load(args, devFile));
            using var model = models.Open(args, view);
            var vector = steering.Load(args, model, view);
            var options = new StudyOptions
            {
                Evaluation = new EvaluationOptions { MaxAnswerTokens = tasks.MaxAnswerTokens(args), Seed = args.GetValue(seed), RandomDirections = args.GetValue(random)!.Value },
                Strengths = grid ?? StrengthSweep.DefaultStrengths,
                Relative = steering.Relative(args),
                Strength = steering.Strength(args),
                Scope = steering.Scope(args),
                Places = PlaceGrid.Of(args.GetValue(places), vector),
                AllowOverlap = args.GetValue(allow),
            };
            var blank = new EvalResult(0, model.FullPath, steering.VectorPath(args)!, data.Name, tasks.Data(args), null, options.Relative, "", new OverlapResult(0, 0, 0), null, null, []);
            void Reported(EvaluationReport report) { if (answers is not null) AnswerLines.Write(answers, report.Answers, args.GetValue(force)); }
            var result = await view.WithProgress(progress => grid is not null && devTask is null
                ? CurveAsync(blank, model, vector, data, options, progress, cancel)
                : ReportAsync(blank, model, vector, devTask, data, options, args.GetValue(effect), args.GetValue(transcripts)!.Value, Reported, progress, cancel)).ConfigureAwait(false);
            view.Show(result with { Seconds = clock.Elapsed.TotalSeconds }, JsonFace.Readable.EvalResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static async Task<EvalResult> ReportAsync(EvalResult blank, SteerableModel model, SteeringVector vector, RoastTask? dev, RoastTask data, StudyOptions options, int? effect, int transcripts, Action<EvaluationReport> done, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var study = await Study.EvaluateAsync(model, vector, dev, data, null, options, progress, cancel).ConfigureAwait(false);
        done(study.Report);
        var tokens = effect is null ? null : await SteeringEffectMeter.RunAsync(model, data.Take(effect.Value), study.Steering, options.Evaluation.MaxAnswerTokens, progress, cancel).ConfigureAwait(false);
        return blank with
        {
            VectorDetails = VectorResult.Of(study.Vector, blank.Vector),
            Effect = tokens is null ? null : EffectResult.Of(tokens, model.Tokenizer!),
            Strength = study.Steering.Strength.Value,
            Relative = study.Steering.Strength.IsRelative,
            Scope = study.Steering.Scope.Name(),
            Overlap = OverlapResult.Of(study.Overlap),
            Sweep = study.Sweep is null ? null : SweepResult.Of(study.Sweep),
            Grid = study.Grid is null ? null : GridResult.Of(study.Grid),
            Test = TestResult.Of(study.Report),
            Transcripts = TranscriptResult.Of(study.Report, transcripts),
        };
    }

    static async Task<EvalResult> CurveAsync(EvalResult blank, SteerableModel model, SteeringVector vector, RoastTask data, StudyOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var (curve, scope, overlap) = await Study.CurveAsync(model, vector, data, options, progress, cancel).ConfigureAwait(false);
        return blank with { VectorDetails = VectorResult.Of(vector, blank.Vector), Scope = scope.Name(), Overlap = OverlapResult.Of(overlap), Sweep = SweepResult.Of(curve, isChoice: false) };
    }

    static void Table(EvalResult result, IAnsiConsole console)
    {
        if (result.Overlap is not { TrainDev: 0, TrainTest: 0, DevTest: 0 })
            StudyTables.Line(console, $"OVERLAP, allowed: {result.Overlap.TrainDev} questions of train and dev, {result.Overlap.TrainTest} of train and test, {result.Overlap.DevTest} of dev and test. These accuracies say little.");
        if (result.Test is { } test)
        {
            StudyTables.Headline(console, test, $"Strength {StudyTables.Number(result.Strength!.Value)}{(result.Relative ? " (relative)" : "")}, scope {result.Scope}");
            StudyTables.Test(console, test);
        }
        if (result.Grid is { } grid) StudyTables.Grid(console, grid);
        if (result.Sweep is { } sweep) StudyTables.Curve(console, sweep, result.Test is null ? "curve" : "chosen on dev");
        if (result.Test is null) StudyTables.Line(console, "A curve is for choosing. Report the chosen strength on other questions: --dev for choosing, --data for the report.");
        if (result.Effect is { } effect) EffectTable.Write(console, effect);
        StudyTables.Transcripts(console, result.Transcripts);
    }
}
