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

/// <summary><c>roast search</c>.</summary>
internal static class SearchCommand
{
    public static Command Create(View view)
    {
        var defaults = new SearchOptions();
        var command = new Command("search", "Fits vectors by several pools and scalings from one set of rollouts, tries each at several places and strengths on dev, and keeps the best.");
        var tasks = new TaskOptions(command);
        var dev = new Option<string>("--dev") { Description = "Questions to choose on: neither trained on nor reported.", HelpName = "file", Required = true };
        command.Options.Add(dev);
        var models = new ModelOptions(command);
        var output = new OutputOptions(command, "Steering vector to write: the chosen one, with its points, strength and scope.", "search.safetensors");
        var places = PlaceGrid.Option($"Places to try, separated by ';'; each is steered at once. Default: {string.Join(';', defaults.Places)}.", takesEach: false);
        var pools = Words.List("--pools", "Which tokens of an answer speak for it, separated by commas, by default all; each is tried", [.. Enum.GetValues<Pool>().Select(x => new Word<Pool>(x.Name(), x))]);
        var scalings = Words.List("--scalings", $"How one question's contrast is normalized, separated by commas, by default {defaults.Scalings[0].Name()}; each is tried", [.. Enum.GetValues<SoftScaling>().Select(x => new Word<SoftScaling>(x.Name(), x))]);
        var strengths = Words.Read<IReadOnlyList<float>?>("--strengths", $"Strengths to try: a list (0.05,0.1,0.2), or the ends of a logarithmic grid of 12 (0.05..2). Default: {string.Join(',', defaults.Strengths.Select(s => StudyTables.Number(s)))}.", "list", StrengthGrid.Parse);
        var relative = new Option<bool>("--relative") { Description = "Strengths are shares of the mean activation norm at each point." };
        var scope = Words.Choice("--scope", "Where steering acts", hasDefault: true, [.. Enum.GetValues<Scope>().Select(x => new Word<Scope>(x.Name(), x))]);
        var rollouts = Numbers.Int("--rollouts", "Answers sampled per question.", defaults.Fit.Rollouts);
        var allow = new Option<bool>("--allow-overlap") { Description = "Search although train and dev share questions." };
        foreach (Option option in (Option[])[places, pools, scalings, strengths, relative, scope, rollouts]) command.Options.Add(option);
        var sampling = new SamplingOptions(command, SamplerOptions.Rollouts, isFull: false);
        command.Options.Add(allow);
        command.SetAction(async (args, cancel) =>
        {
            var clock = Stopwatch.StartNew();
            string path = output.Require(args);
            var options = new SearchOptions
            {
                Fit = new RoastOptions { Rollouts = args.GetValue(rollouts)!.Value, Sampler = sampling.Read(args), Seed = sampling.Seed(args), MaxAnswerTokens = tasks.MaxAnswerTokens(args) },
                Evaluation = new EvaluationOptions { MaxAnswerTokens = tasks.MaxAnswerTokens(args), Seed = sampling.Seed(args) },
                Pools = args.GetValue(pools) ?? defaults.Pools,
                Scalings = args.GetValue(scalings) ?? defaults.Scalings,
                Places = args.GetValue(places) ?? defaults.Places,
                Strengths = args.GetValue(strengths) ?? defaults.Strengths,
                Relative = args.GetValue(relative),
                Scope = args.GetRequiredValue(scope)!.Value,
                AllowOverlap = args.GetValue(allow),
            };
            var (train, devTask) = (tasks.Load(args), tasks.Load(args, args.GetRequiredValue(dev)));
            using var model = models.Open(args, view);
            var search = await view.WithProgress(progress => VectorSearch.RunAsync(model, train, devTask, options, progress, cancel)).ConfigureAwait(false);
            if (search.Fit.Note is { } note) view.Note(note);
            search.Vector.Save(path, output.Force(args));
            view.Show(SearchResult.Of(search, options, clock.Elapsed.TotalSeconds, model.FullPath, train.Name, Path.GetFullPath(path)), JsonFace.Readable.SearchResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(SearchResult result, IAnsiConsole console)
    {
        StudyTables.Fit(console, result.Fit);
        var table = new Table().Border(TableBorder.Simple).AddColumn("places on dev").AddColumn("pool").AddColumn("scaling");
        foreach (string column in (string[])["best accuracy", "at strength"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow("no steering", "", "", Percent.Of(result.Baseline.Accuracy));
        foreach (var candidate in result.Candidates)
            table.AddRow($"{candidate.Points}{(candidate.Chosen ? "  <- chosen" : "")}", candidate.Pool, candidate.Scaling, Percent.Of(candidate.Curve.First(point => point.Strength == candidate.Strength).Accuracy), StudyTables.Number(candidate.Strength));
        console.Write(table);
        StudyTables.Line(console, $"{result.Candidates.Length * result.Candidates[0].Curve.Length} settings were tried on {result.Baseline.Total} questions: the best one's accuracy there is luck in part. Report on others:");
        StudyTables.Line(console, $"Vector: {result.Vector}; {StudyTables.Number(Math.Round(result.Seconds, 1))} s. {Invocation.Prefix} eval -v \"{result.Vector}\" --data TEST.jsonl");
    }
}
