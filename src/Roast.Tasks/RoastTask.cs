namespace Roast.Tasks;

/// <summary>Questions and how their answers are checked. Immutable; data, prompts and verifier can each be replaced.</summary>
public sealed class RoastTask
{
    /// <summary>Makes a task.</summary>
    /// <param name="name">Its name, for reports and provenance.</param>
    /// <param name="questions">At least one; no id twice.</param>
    /// <param name="verifier">Decides which answers are right.</param>
    /// <exception cref="ArgumentException">No question, or two of one id.</exception>
    public RoastTask(string name, IReadOnlyList<Question> questions, IVerifier verifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(verifier);
        if (questions.Count == 0) throw new ArgumentException("A task needs at least one question.", nameof(questions));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in questions)
            if (!ids.Add(question.Id)) throw new ArgumentException($"The id '{question.Id}' names two questions; ids must differ.", nameof(questions));
        (Name, Questions, Verifier) = (name, [.. questions], verifier);
    }

    /// <summary>The tasks that <see cref="Load"/> knows by name.</summary>
    public static IReadOnlyList<string> Known => TaskFormats.Names;

    /// <summary>The form of a task: what is asked, which fields a row has, how it is asked and checked.</summary>
    /// <param name="task">A name of <see cref="Known"/>, or the path of a .json file that describes a task (docs/tasks.md).</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: an unknown task or a malformed description. <see cref="RoastError.NotFound"/>: no such file.</exception>
    public static TaskFormat Format(string task)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        return TaskFormats.Get(task);
    }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>The questions, in the order of the file.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Decides which answers are right.</summary>
    public IVerifier Verifier { get; }

    /// <summary>Reads a task's questions: UTF-8; JSON lines (blank ones ignored), one JSON list (.json), CSV or TSV (.csv, .tsv); or Parquet (.parquet).</summary>
    /// <param name="task">A name of <see cref="Known"/>, or the path of a .json file that describes a task (docs/tasks.md).</param>
    /// <param name="path">The file, in the form in which the data set is published.</param>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.BadTask"/>: an unknown task, a malformed row or field, an id twice, or no question; the message
    /// names file, row and field. <see cref="RoastError.NotFound"/>: no such file. <see cref="RoastError.TooLarge"/>: a line or file above its limit.
    /// </exception>
    public static RoastTask Load(string task, string path)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TaskFormats.Get(task).Load(path);
    }

    /// <summary>The task with its first <paramref name="count"/> questions, or all where there are fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public RoastTask Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Questions.Count ? this : new RoastTask(Name, [.. Questions.Take(count)], Verifier);
    }

    /// <summary>The task with another verifier.</summary>
    public RoastTask WithVerifier(IVerifier verifier) => new(Name, Questions, verifier);

    /// <summary>The task with other prompts. Hashes stay: they do not count the prompt template.</summary>
    /// <param name="prompt">Makes a prompt from a question's <see cref="Question.Text"/>.</param>
    public RoastTask WithPrompts(Func<string, string> prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return new RoastTask(Name, [.. Questions.Select(question => question with { Text = question.Text, Prompt = prompt(question.Text) })], Verifier);
    }

    /// <summary>The task with another prompt template. Hashes stay: they do not count the prompt template.</summary>
    /// <exception cref="FormatException">A placeholder that a question has no value for; the message names both.</exception>
    public RoastTask WithPrompts(PromptTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new RoastTask(Name, [.. Questions.Select(question => question with { Text = question.Text, Prompt = template.Render(question) })], Verifier);
    }

    /// <summary>The ids of this task's questions that <paramref name="other"/> has too, compared by hash.</summary>
    public IReadOnlyList<string> Overlap(RoastTask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var theirs = other.Questions.Select(question => question.Hash).ToHashSet(StringComparer.Ordinal);
        return [.. Questions.Where(question => theirs.Contains(question.Hash)).Select(question => question.Id)];
    }

    /// <summary>Refuses parts that share a question: what was learned from must not be tested on.</summary>
    /// <param name="parts">Train, dev and test, by name.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>: two parts share questions; the message names some.</exception>
    public static void RequireDisjoint(params IReadOnlyList<(string Name, RoastTask Task)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        for (int i = 0; i < parts.Count; i++)
            for (int j = i + 1; j < parts.Count; j++)
                if (parts[i].Task.Overlap(parts[j].Task) is { Count: > 0 } shared)
                    throw new RoastException(RoastError.Overlap, $"{parts[i].Name} and {parts[j].Name} share {shared.Count} of {parts[i].Task.Questions.Count} questions " +
                        $"({string.Join(", ", shared.Take(5))}{(shared.Count > 5 ? ", ..." : "")}); none may be in both, or the test measures memory. Take the shared ones out of one file, or allow the overlap explicitly.");
    }
}
