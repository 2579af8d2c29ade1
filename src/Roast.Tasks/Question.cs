using System.Security.Cryptography;
using System.Text;

namespace Roast.Tasks;

/// <summary>One training or test item.</summary>
public sealed record Question
{
    static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();
    string? _hash;

    /// <summary>Its name within the task; unique there.</summary>
    public required string Id { get; init; }

    /// <summary>What the model reads as the user's turn: the question in the task's prompt template.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the verifier compares with.</summary>
    public required string Answer { get; init; }

    /// <summary>The question alone, without the prompt template; <see cref="Prompt"/> where nothing else was said.</summary>
    public string Text { get => field ?? Prompt; init; } = null!;

    /// <summary>
    /// The right answer as a model would write it, teacher-forced where no rollout was right; <see cref="Answer"/> where nothing
    /// else was said. Empty where the task has no answer to show, as with instructions: then there is nothing to re-read.
    /// </summary>
    public string Reference { get => field ?? Answer; init; } = null!;

    /// <summary>A known wrong answer, teacher-forced where no rollout was wrong; <c>null</c> where none is known.</summary>
    public string? Wrong { get; init; }

    /// <summary>The texts to choose from, without their letters; empty where the question gives none.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Further fields by name: what a prompt template may name, and what a verifier needs beside the answer.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = NoFields;

    /// <summary>
    /// Lower-case hexadecimal SHA-256 by which train, dev and test are told apart: of the UTF-8 of text and answer, with a
    /// zero byte between, each trimmed and with every run of white space as one space. Task, id and prompt template do not count.
    /// </summary>
    public string Hash => _hash ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Canonical(Text)}\0{Canonical(Answer)}")));

    /// <summary>Equal when all that was given is equal.</summary>
    public bool Equals(Question? other) => other is not null
        && (Id, Prompt, Answer, Text, Reference, Wrong) == (other.Id, other.Prompt, other.Answer, other.Text, other.Reference, other.Wrong)
        && Choices.SequenceEqual(other.Choices)
        && Fields.Count == other.Fields.Count && Fields.All(pair => other.Fields.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Prompt, Answer);

    Question(Question other)                                // the copy that 'with' changes: its hash is yet to be computed
    {
        (Id, Prompt, Answer, Text, Reference, Wrong) = (other.Id, other.Prompt, other.Answer, other.Text, other.Reference, other.Wrong);
        (Choices, Fields) = (other.Choices, other.Fields);
    }

    static string Canonical(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
