using System.Text.Json;

namespace Roast.Tasks;

/// <summary>A task that a JSON file describes: which fields a row has, how it is asked, and how answers are checked. docs/tasks.md is the specification.</summary>
internal sealed class TaskDefinition : TaskFormat
{
    static readonly string[] Keys = ["name", "summary", "source", "fields", "prompt", "verifier", "sample"];
    static readonly string[] Roles = ["id", "text", "answer", "choices", "reference", "wrong"];

    readonly Dictionary<string, string> _fields;

    TaskDefinition(TaskRow file, JsonElement definition)
    {
        Name = file.Text("name");
        Summary = file.OptionalText("summary") ?? "Your own task.";
        Source = file.OptionalText("source") ?? "";
        _fields = ReadFields(file, definition);
        try { Template = new PromptTemplate(file.OptionalText("prompt") ?? "{text}"); }
        catch (FormatException e) { throw file.Bad($"field 'prompt': {e.Message}", "Correct the template"); }
        Verifier = VerifierNames.Read(file);
        Sample = file.Has("sample", out var sample) ? sample.GetRawText() : "";
    }

    public override string Name { get; }
    public override string Summary { get; }
    public override string Source { get; }
    public override IVerifier Verifier { get; }
    public override PromptTemplate Template { get; }
    public override string Sample { get; }
    public override string Fields => string.Join(", ", _fields.Where(pair => pair.Key is "text" or "answer" || (pair.Key == "choices" && Verifier is ChoiceVerifier)).Select(pair => pair.Value));

    /// <summary>Reads a definition, checked.</summary>
    internal static TaskDefinition Read(string path)
    {
        using var document = JsonList.Parse(path);
        return Read(document, path);
    }

    /// <summary>As above, from a parsed file; <paramref name="path"/> names it in messages.</summary>
    internal static TaskDefinition Read(JsonDocument document, string path)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new RoastException(RoastError.BadTask, $"{path} holds a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}; an object that describes a task was expected. A file of questions goes to --data; see docs/tasks.md.");
        var root = document.RootElement.Clone();
        var file = new TaskRow(path, 1, "object", root);
        if (root.EnumerateObject().Select(property => property.Name).FirstOrDefault(key => !Keys.Contains(key)) is { } unknown)
            throw file.Bad($"field '{unknown}' is not known; {string.Join(", ", Keys)} were expected", "Take it out");
        return file.WholeText(() => new TaskDefinition(file, root));
    }

    protected override Question Read(TaskRow row, string fallbackId)
    {
        string id = row.OptionalScalar(_fields["id"]) ?? fallbackId, text = row.Text(_fields["text"]);
        var fields = row.Root.EnumerateObject()
            .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .ToDictionary(property => property.Name, property => property.Value.ToString());
        if (Verifier is ChoiceVerifier)
        {
            var choices = row.Texts(_fields["choices"]);
            return Choices.Question(row, id, text, choices, Choices.Answer(row, _fields["answer"], choices), fields);
        }
        string answer = row.OptionalScalar(_fields["answer"]) ?? throw row.Missing(_fields["answer"], "an answer");
        var question = new Question { Id = id, Prompt = text, Answer = answer, Reference = row.OptionalText(_fields["reference"]) ?? answer, Fields = fields };
        return row.OptionalScalar(_fields["wrong"]) is { } wrong && !Verifier.IsCorrect(question, wrong) ? question with { Wrong = wrong } : question;
    }

    /// <summary>Which field plays which role; a role that is not named has a field of its own name, and the text is the prompt.</summary>
    static Dictionary<string, string> ReadFields(TaskRow file, JsonElement definition)
    {
        var fields = Roles.ToDictionary(role => role, role => role == "text" ? "prompt" : role);
        if (!definition.TryGetProperty("fields", out var named)) return fields;
        if (named.ValueKind != JsonValueKind.Object) throw file.Unexpected("fields", named, "an object such as {\"text\": \"question\"}", "Correct it");
        foreach (var property in named.EnumerateObject())
        {
            if (!fields.ContainsKey(property.Name)) throw file.Bad($"field 'fields' has '{property.Name}'; {string.Join(", ", Roles)} were expected", "Other fields need not be named: a prompt may use them as they are");
            if (property.Value.ValueKind != JsonValueKind.String) throw file.Unexpected("fields", property.Value, "the name of a field", "Put it in quotation marks");
            fields[property.Name] = property.Value.GetString()!;
        }
        return fields;
    }
}
