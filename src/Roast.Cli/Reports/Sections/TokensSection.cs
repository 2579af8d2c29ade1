using System.Globalization;
using Roast.Cli.Output;
using Roast.Cli.Reports.Plots;
using Roast.Cli.Results;

namespace Roast.Cli.Reports.Sections;

/// <summary>What steering does to the next token, step by step along the unsteered answers.</summary>
internal static class TokensSection
{
    const double DarkestPercent = 45;                       // of the color of heat: the token can still be read on it

    public static void Write(MarkupWriter m, ReportContent x)
    {
        if (x.Effect is not { Steps.Length: > 0 } effect)
        {
            Parts.Absent(m, "Next-token distributions were not compared: 'roast eval --token-effect 100' does that.");
            return;
        }
        m.Add("p", $"Along {Parts.Count(effect.Answers)} unsteered answers, with and without steering after the same tokens. {Parts.Count(effect.Changed)} of these answers change.");
        using (m.In("div", ("class", "figures")))
        {
            Divergences(m, effect);
            Changed(m, effect);
        }
        m.Add("h3", "Where answers turn");
        double largest = effect.Examples.SelectMany(answer => answer.Tokens).Max(token => (double?)token.Divergence) ?? 0;
        m.Add("p", $"The unsteered answer's tokens, darker where steering moves the distribution more; the darkest is {Nats(largest)} nats. The framed token is the first that steering replaces, by the token under it. The first questions, not picked.");
        using (m.In("ol", ("class", "answers")))
            foreach (var answer in effect.Examples) Answer(m, answer, largest);
    }

    static void Divergences(MarkupWriter m, EffectResult effect)
    {
        var top = effect.Steps.MaxBy(step => step.Mean)!;
        var chart = new Chart("divergence", "Divergence per new token", $"Mean Kullback-Leibler divergence over {effect.Steps.Length} new tokens; largest {Parts.Three(top.Mean)} nats at token {top.Step + 1}.", "new token", "nats");
        double high = Math.Max(effect.Steps.Max(step => Math.Max(step.High, step.Mean)) * 1.05, 1e-6);
        Parts.Figure(m, chart, chart => LineChart.Write(m, chart, [new("mean", "steered", [.. effect.Steps.Select(step => (step.Step + 1.0, step.Mean))], [.. effect.Steps.Select(step => (step.Median, Math.Max(step.Median, step.High)))], HasDots: effect.Steps.Length <= 64)],
                Span(effect), (0, high), false, Chart.Plain, Nats),
            "Kullback and Leibler's D(steered || unsteered) of the next-token distributions. Line: mean over answers that are this long; band: from the median to the 95 % quantile.",
            ["new token", "answers", "mean", "median", "95 %"],
            effect.Steps.Select(step => (string[])[Parts.Count(step.Step + 1), Parts.Count(step.Answers), Parts.Three(step.Mean), Parts.Three(step.Median), Parts.Three(step.High)]));
    }

    static void Changed(MarkupWriter m, EffectResult effect)
    {
        var chart = new Chart("changed", "Answers that have changed", $"Share of {effect.Answers} answers that steering has changed, by new token; {Percent.Of(effect.Steps[^1].Diverged)} in the end.", "new token", "answers");
        Parts.Figure(m, chart, chart => LineChart.Write(m, chart, [new("changed", "steered", [.. effect.Steps.Select(step => (step.Step + 1.0, step.Diverged))], HasDots: effect.Steps.Length <= 64, IsStep: true)],
                Span(effect), (0, 1), false, Chart.Plain, Chart.Percent),
            "Share of answers whose first diverging token is this one or an earlier one: the first step at which the steered model's most likely token is another.",
            ["new token", "changed"], effect.Steps.Select(step => (string[])[Parts.Count(step.Step + 1), Percent.Of(step.Diverged)]));
    }

    static void Answer(MarkupWriter m, AnswerEffectResult answer, double largest)
    {
        using var item = m.In("li");
        m.Add("span", answer.Prompt, ("class", "prompt"));
        using var tokens = m.In("span", ("class", "tokens"));
        for (int i = 0; i < answer.Tokens.Length; i++)
        {
            var token = answer.Tokens[i];
            bool turns = i == answer.FirstDiverging;
            using var span = m.In("span", ("class", turns ? "token turns" : "token"), ("style", $"--share:{MarkupWriter.Number(largest > 0 ? DarkestPercent * Math.Max(0, token.Divergence) / largest : 0)}%"), ("title", $"{Nats(token.Divergence)} nats"));
            m.Text(Visible(token.Text));
            if (turns) m.Add("span", Visible(token.SteeredText), ("class", "instead"));
        }
    }

    /// <summary>White space can be seen.</summary>
    static string Visible(string token) => token.Length == 0 ? "∅" : token.Replace(' ', '·').Replace("\n", "↵").Replace("\t", "⇥");

    static (double Low, double High) Span(EffectResult effect) => effect.Steps.Length == 1 ? (0.5, 1.5) : (1, effect.Steps.Length);

    static string Nats(double value) => value.ToString(value is > 0 and < 0.01 ? "0.0e+0" : "0.##", CultureInfo.InvariantCulture);
}
