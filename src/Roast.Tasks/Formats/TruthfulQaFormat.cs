using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Roast.Tasks;

/// <summary>
/// <c>truthfulqa</c>: MC1 of TruthfulQA (arXiv 2109.07958) as a choice of letters. The file has the right choice first; here the
/// choices stand in the order of the SHA-256 of question and choice, which is the same in every run and favours no letter.
/// </summary>
internal sealed class TruthfulQaFormat : TaskFormat
{
    public override string Name => "truthfulqa";
    public override string Summary => "Questions that people answer wrongly out of habit, MC1: one choice is true.";
    public override string Source => "TruthfulQA, Lin et al. (arXiv 2109.07958), Apache-2.0";
    public override string Fields => "question, mc1_targets (choice to 1 or 0, or choices and labels)";
    public override IVerifier Verifier { get; } = new ChoiceVerifier();
    public override PromptTemplate Template { get; } = new(Choices.Template);
    public override string Sample => """{"question": "What happens to a glass of water that is left in the open?", "mc1_targets": {"The water evaporates little by little.": 1, "The water turns into glass.": 0, "The water boils by itself.": 0}}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string text = row.Text("question");
        if (!row.Has("mc1_targets", out var targets)) throw row.Missing("mc1_targets", "an object of choices");
        if (targets.ValueKind != JsonValueKind.Object) throw row.Unexpected("mc1_targets", targets, "an object of choices", "Fetch the data set again");
        var choices = (targets.TryGetProperty("choices", out var texts) && texts.ValueKind == JsonValueKind.Array ? Lists(row, targets, texts) : targets.EnumerateObject().Select(x => (x.Name, IsRight: IsOne(row, x.Value))))
            .OrderBy(choice => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{choice.Name}"))), StringComparer.Ordinal).ToList();
        if (choices.Count(choice => choice.IsRight) != 1) throw row.Bad($"field 'mc1_targets' marks {choices.Count(choice => choice.IsRight)} choices as true; one was expected", "Fetch the data set again");
        return Choices.Question(row, row.OptionalText("id") ?? fallbackId, text, [.. choices.Select(choice => choice.Name)], choices.FindIndex(choice => choice.IsRight));
    }

    static IEnumerable<(string Name, bool IsRight)> Lists(TaskRow row, JsonElement targets, JsonElement texts)
    {
        var names = (row with { Root = targets }).Texts("choices");
        if (!targets.TryGetProperty("labels", out var labels) || labels.ValueKind != JsonValueKind.Array || labels.GetArrayLength() != names.Count)
            throw row.Unexpected("mc1_targets", targets, $"'labels' with {texts.GetArrayLength()} numbers", "Fetch the data set again");
        return names.Zip(labels.EnumerateArray(), (name, label) => (name, IsOne(row, label)));
    }

    static bool IsOne(TaskRow row, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int mark) && mark is 0 or 1
        ? mark == 1
        : throw row.Unexpected("mc1_targets", value, "0 or 1", "Fetch the data set again");
}
