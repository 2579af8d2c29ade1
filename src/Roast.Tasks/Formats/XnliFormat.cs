namespace Roast.Tasks;

/// <summary><c>xnli</c>: does a sentence follow from another (arXiv 1809.05053), in any of its languages.</summary>
internal sealed class XnliFormat : TaskFormat
{
    static readonly string[] Labels = ["entailment", "neutral", "contradiction"];

    public override string Name => "xnli";
    public override string Summary => "Two sentences in one of 15 languages: entailment, neutral or contradiction?";
    public override string Source => "XNLI, Conneau et al. (arXiv 1809.05053), CC BY-NC 4.0";
    public override string Fields => "premise, hypothesis, label (0 entailment, 1 neutral, 2 contradiction, or the word); or sentence1, sentence2, gold_label";
    public override IVerifier Verifier { get; } = new LabelVerifier([.. Labels.Select(label => (string[])[label])]);
    public override PromptTemplate Template { get; } = new("{text}\n\nDoes the hypothesis follow from the premise? Answer with one word: entailment, neutral or contradiction.");
    public override string Sample => """{"premise": "Two children play chess in the garden.", "hypothesis": "Nobody is outside.", "label": 2}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        bool published = row.Has("gold_label", out _);
        (string premise, string hypothesis) = published ? (row.Text("sentence1"), row.Text("sentence2")) : (row.Text("premise"), row.Text("hypothesis"));
        string label = NamedLabel.Read(row, published ? "gold_label" : "label", Labels);
        return new Question
        {
            Id = row.OptionalText("id") ?? fallbackId,
            Prompt = $"Premise: {premise}\nHypothesis: {hypothesis}",
            Answer = label,
            Wrong = Labels.First(other => other != label),
            Fields = new Dictionary<string, string> { ["premise"] = premise, ["hypothesis"] = hypothesis },
        };
    }
}
