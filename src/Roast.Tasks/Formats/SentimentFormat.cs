namespace Roast.Tasks;

/// <summary><c>sst2</c> and <c>sst5</c>: the feeling of a sentence of a film review (Socher et al. 2013), {"sentence" or "text", "label"}.</summary>
/// <param name="name">The task's name.</param>
/// <param name="labels">From the worst to the best; a file's numbers count from 0.</param>
internal sealed class SentimentFormat(string name, string[] labels) : TaskFormat
{
    internal static readonly string[] Two = ["negative", "positive"];
    internal static readonly string[] Five = ["very negative", "negative", "neutral", "positive", "very positive"];

    readonly string _words = $"{string.Join(", ", labels[..^1])} or {labels[^1]}";

    public override string Name => name;
    public override string Summary => $"A sentence of a film review: {_words}?";
    public override string Source => "Stanford Sentiment Treebank, Socher et al. 2013 (EMNLP D13-1170); no licence stated by its authors";
    public override string Fields => $"sentence or text, label (0 to {labels.Length - 1}, or the word); id, idx may be left out";
    public override IVerifier Verifier { get; } = new LabelVerifier([.. labels.Select(label => (string[])[label])]);
    public override PromptTemplate Template => field ??= new PromptTemplate($"Review: {{text}}\n\nIs this review {_words}? Answer with the label alone.");
    public override string Sample => $$"""{"sentence": "a quiet film whose last hour is a joy", "label": {{labels.Length - 1}}}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string label = NamedLabel.Read(row, "label", labels);
        return new Question
        {
            Id = row.OptionalScalar("id") ?? fallbackId,
            Prompt = row.OptionalText("sentence") ?? row.Text("text"),
            Answer = label,
            Wrong = labels[Array.IndexOf(labels, label) < labels.Length / 2 ? labels.Length - 1 : 0],
        };
    }
}
