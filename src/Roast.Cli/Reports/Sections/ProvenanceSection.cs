using System.Globalization;
using Roast.Cli.Output;
using Roast.Cli.Results;

namespace Roast.Cli.Reports.Sections;

/// <summary>Where the vector and the numbers came from: everything that the vector's file says, and how the commands were run.</summary>
internal static class ProvenanceSection
{
    public static void Write(MarkupWriter m, ReportContent x)
    {
        var rows = new List<string[]>();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) rows.Add([name, value]); }
        if (x.Vector is { } vector) Vector(Add, vector);
        Runs(Add, x);
        Parts.Table(m, "Provenance", ["what", "value"], rows, isText: true);
        if (x.Vector is not { Points.Length: > 0 } points) return;
        m.Add("h3", "Points of the vector");
        Parts.Table(m, "Points of the vector", ["point", "width", "norm", "mean activation norm"],
            points.Points.Select(point => (string[])[point.Point, Parts.Count(point.Width), point.Norm is { } norm ? StudyTables.Number(norm) : "", point.MeanActivationNorm is { } mean ? StudyTables.Number(mean) : ""]));
    }

    static void Vector(Action<string, string?> add, VectorResult vector)
    {
        add("vector", $"{vector.Path} ({vector.Format})");
        foreach (string note in vector.Notes) add("note", note);
        if (vector.Provenance is not { } story)
        {
            add("story", "the file says nothing about where it came from");
            return;
        }
        add("method", story.Method);
        add("soft scaling", story.Scaling);
        add("pool", story.Pool);
        if (story.Model is { } model)
        {
            add("fitted on", $"{model.Family}, {model.Layers} layers, hidden {model.HiddenSize}, intermediate {model.IntermediateSize}");
            add("weights", model.WeightsFingerprint);
            add("tokenizer", model.TokenizerHash);
        }
        if (story.Questions > 0) add("questions seen", $"{Parts.Count(story.Questions)}; their hashes are in the vector's file");
        if (story.Rollouts is { } rollouts) add("rollouts", string.Create(CultureInfo.InvariantCulture, $"{rollouts.PerQuestion} a question, temperature {rollouts.Temperature}, top-p {rollouts.TopP}, at most {rollouts.MaxTokens} tokens, seed {rollouts.Seed}"));
        if (story.Counts is { } counts) add("contrasts", $"{counts.Questions} questions: mixed {counts.Mixed}, re-read {counts.Reread}, known wrong {counts.KnownWrong}, skipped {counts.Skipped}; degenerate {counts.Degenerate} over all points");
        if (story.RecommendedStrength is { } strength) add("recommended", $"strength {StudyTables.Number(strength)}{(story.RecommendedRelative == true ? " (relative)" : "")}, scope {story.RecommendedScope ?? "last"}");
        if (story.RecommendedPoints is { Length: > 0 } some) add("recommended points", string.Join(", ", some));
        foreach (var (name, accuracy) in story.Results) add(name, $"{Parts.Count(accuracy.Correct)} of {Parts.Count(accuracy.Total)}, {Percent.Of(accuracy.Accuracy)}");
        foreach (var (key, value) in story.Extra) add(key, value);
    }

    static void Runs(Action<string, string?> add, ReportContent x)
    {
        if (x.FitSummary is { } fit)
            add("fit", $"{fit.Method} at {fit.Points}, {fit.Scaling}, pool {fit.Pool}; {Parts.Count(fit.Rollouts.Correct)} of {Parts.Count(fit.Rollouts.Total)} sampled answers right; {fit.TooLong} questions too long");
        if (x.Fit is { } run) add("fit run", string.Create(CultureInfo.InvariantCulture, $"task {run.Task}, model {run.Model}, seed {run.Seed}, {run.Seconds:0.0} s"));
        if (x.Analysis is { } analysis) add("analysis", $"{Parts.Count(analysis.Resamples)} resamples, {analysis.Folds} folds, seed {analysis.Seed}");
        if (x.Eval is { } eval) add("evaluation run", string.Create(CultureInfo.InvariantCulture, $"task {eval.Task}, data {eval.Data}, model {eval.Model}, {eval.Seconds:0.0} s"));
        if (x.Demo is { } demo) add("demo run", string.Create(CultureInfo.InvariantCulture, $"model {demo.Model}, seed {demo.Seed}, {demo.Seconds:0.0} s"));
    }
}
