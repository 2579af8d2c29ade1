using System.Text.Json;

namespace Roast.Tasks;

/// <summary>The verifiers by the names that a task's JSON file uses.</summary>
internal static class VerifierNames
{
    internal static readonly string[] All = ["exact", "normalized", "number", "math", "choice", "yes_no", "label", "reference_list"];

    /// <summary>The verifier of a definition: a name, or an object with name and settings.</summary>
    internal static IVerifier Read(TaskRow file)
    {
        if (!file.Has("verifier", out var value)) throw file.Missing("verifier", $"one of {string.Join(", ", All)}");
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)) throw file.Unexpected("verifier", value, "a name, or an object with a name", "Correct it");
        var settings = value.ValueKind == JsonValueKind.Object ? new TaskRow(file.File, 1, "verifier", value) : default;
        string name = value.ValueKind == JsonValueKind.String ? value.GetString()! : settings.Text("name");
        string[] known = name switch { "normalized" => ["name", "may_contain"], "label" => ["name", "labels"], _ => ["name"] };
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Select(property => property.Name).FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw file.Bad($"verifier '{name}' has no setting '{unknown}'; {string.Join(", ", known)} were expected", "Take it out");
        return name switch
        {
            "exact" => new ExactVerifier(),
            "normalized" => new NormalizedVerifier { MayContain = value.ValueKind == JsonValueKind.Object && Flag(settings, "may_contain") },
            "number" => new Gsm8kVerifier(),
            "math" => new MathVerifier(),
            "choice" => new ChoiceVerifier(),
            "yes_no" => LabelVerifier.YesNo,
            "label" => new LabelVerifier(Labels(file, value)),
            "reference_list" => new ReferenceListVerifier(),
            _ => throw file.Bad($"verifier '{TaskRow.Shorten(name)}' is not known; one of {string.Join(", ", All)} was expected", "Correct it, or write a class of your own that implements IVerifier"),
        };
    }

    /// <summary>The name of a verifier, for tables; its class where it has none.</summary>
    internal static string Of(IVerifier verifier) => verifier switch
    {
        ExactVerifier => "exact",
        NormalizedVerifier => "normalized",
        Gsm8kVerifier => "number",
        MathVerifier => "math",
        ChoiceVerifier => "choice",
        LabelVerifier => ReferenceEquals(verifier, LabelVerifier.YesNo) ? "yes_no" : "label",
        ReferenceListVerifier => "reference_list",
        IfEvalVerifier ifEval => ifEval.IsStrict ? "ifeval, strict" : "ifeval, loose",
        SpiderVerifier => "spider",
        _ => verifier.GetType().Name,
    };

    static bool Flag(TaskRow settings, string name) => settings.Has(name, out var value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw settings.Unexpected(name, value, "true or false", "Correct it"));

    static List<IReadOnlyList<string>> Labels(TaskRow file, JsonElement verifier)
    {
        const string Expected = "a list of at least two labels, each a text or a list of its spellings";
        if (verifier.ValueKind != JsonValueKind.Object || !verifier.TryGetProperty("labels", out var labels)) throw file.Bad($"verifier 'label' has no 'labels'; {Expected} was expected", "Add it");
        if (labels.ValueKind != JsonValueKind.Array || labels.GetArrayLength() < 2) throw file.Unexpected("labels", labels, Expected, "Correct it");
        return [.. labels.EnumerateArray().Select(label => label.ValueKind switch
        {
            JsonValueKind.String when !string.IsNullOrWhiteSpace(label.GetString()) => (IReadOnlyList<string>)[label.GetString()!],
            JsonValueKind.Array when label.GetArrayLength() > 0 && label.EnumerateArray().All(x => x.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(x.GetString())) => [.. label.EnumerateArray().Select(x => x.GetString()!)],
            _ => throw file.Unexpected("labels", label, Expected, "Correct it"),
        })];
    }
}
