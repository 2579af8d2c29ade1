using System.Text.Json;

namespace Roast.Tasks;

/// <summary>
/// A kind of task: how a row becomes a question, how it is asked, how answers are checked. Derive from it for a task of your own,
/// or describe one in a JSON file (docs/tasks.md); the built-in ones are entries of <see cref="RoastTask.Known"/>.
/// </summary>
public abstract class TaskFormat
{
    /// <summary>The name that a user writes.</summary>
    public abstract string Name { get; }

    /// <summary>What is asked, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>Where the data set comes from, and its licence; empty for a form of your own data.</summary>
    public virtual string Source => "";

    /// <summary>The fields of a row.</summary>
    public abstract string Fields { get; }

    /// <summary>The task's own verifier.</summary>
    public abstract IVerifier Verifier { get; }

    /// <summary>The verifier's name, as a task's JSON file uses it; its class where it has none.</summary>
    public string VerifierName => VerifierNames.Of(Verifier);

    /// <summary>How a question is asked.</summary>
    public abstract PromptTemplate Template { get; }

    /// <summary>One row of the task as JSON, made up for this project, so that the task can be shown without its data; empty where there is none.</summary>
    public abstract string Sample { get; }

    /// <summary>Makes a question of a row. Its prompt is the question alone; the template is applied afterwards.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fallbackId">The question's id where the row has none.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: a field is missing or malformed; made with <see cref="TaskRow.Bad"/>.</exception>
    protected abstract Question Read(TaskRow row, string fallbackId);

    /// <summary>The format for one file: itself, unless the task needs more than that file, such as a schema beside it.</summary>
    protected virtual TaskFormat For(string path) => this;

    /// <summary>Reads a file, checked. The form follows the name: .json (a list, or JSON lines), .csv, .tsv, .parquet, else JSON lines.</summary>
    /// <exception cref="RoastException">As <see cref="RoastTask.Load"/>.</exception>
    public RoastTask Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return For(path).FromRows(TaskFile.Read(path), path);
    }

    /// <summary>Reads questions from rows; <paramref name="path"/> names them in messages.</summary>
    internal RoastTask FromRows(IEnumerable<TaskRow> rows, string path)
    {
        var questions = new List<Question>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        string name = Path.GetFileNameWithoutExtension(path);
        foreach (var row in rows)
        {
            var question = Ask(row, $"{name}-{row.Number}");
            if (!places.TryAdd(question.Id, row.Place))
                throw row.Bad($"the id '{question.Id}' names a question already, in {places[question.Id]}; ids must differ", $"Rename one, or leave 'id' out of every {row.Unit}");
            questions.Add(question);
        }
        if (questions.Count == 0) throw new RoastException(RoastError.BadTask, $"{path} has no questions; rows with the fields {Fields} were expected. Name a file with questions, such as models/two-annotators/problems/train.jsonl.");
        return new RoastTask(Name, questions, Verifier);
    }

    /// <summary>The task with its sample as the only question.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: there is no sample, or it is malformed.</exception>
    public RoastTask LoadSample()
    {
        if (Sample.Length == 0) throw new RoastException(RoastError.BadTask, $"Task '{Name}' has no sample; name a file with questions, or add 'sample' to the task's file.");
        using var document = JsonDocument.Parse(Sample);
        return new RoastTask(Name, [Ask(new TaskRow("the built-in sample", 1, "row", document.RootElement.Clone()), "sample-1")], Verifier);
    }

    Question Ask(TaskRow row, string fallbackId)
    {
        var question = row.WholeText(() => Read(row, fallbackId));
        try { return question with { Text = question.Text, Prompt = Template.Render(question) }; }
        catch (FormatException e) { throw row.Bad(e.Message, "Correct the template, or add the field"); }
    }
}
