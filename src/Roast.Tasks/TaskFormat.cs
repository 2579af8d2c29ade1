namespace Roast.Tasks;

/// <summary>A kind of task: how a line becomes a question, and how answers are checked. A further task is a further subclass and an entry in <see cref="TaskFormats"/>.</summary>
internal abstract class TaskFormat
{
    /// <summary>The name that a user writes.</summary>
    internal abstract string Name { get; }

    /// <summary>The task's own verifier.</summary>
    internal abstract IVerifier Verifier { get; }

    /// <summary>Makes a question of a line; <paramref name="fallbackId"/> is its id where the line has none.</summary>
    protected abstract Question Read(JsonLine line, string fallbackId);

    /// <summary>Reads a file, checked.</summary>
    internal RoastTask Load(string path) => Load(JsonLines.Read(path), path);

    /// <summary>Reads questions from lines; <paramref name="path"/> names them in messages.</summary>
    internal RoastTask Load(IEnumerable<JsonLine> from, string path)
    {
        var questions = new List<Question>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        string name = Path.GetFileNameWithoutExtension(path);
        foreach (var line in from)
        {
            var question = Read(line, $"{name}-{line.Number}");
            if (!lines.TryAdd(question.Id, line.Number))
                throw line.Bad($"the id '{question.Id}' names a question already, in line {lines[question.Id]}; ids must differ", "Rename one, or leave 'id' out of every line");
            questions.Add(question);
        }
        if (questions.Count == 0) throw new RoastException(RoastError.BadTask, $"{path} has no questions; a JSON object on each line was expected. Name a file with questions, such as models/two-annotators/problems/train.jsonl.");
        return new RoastTask(Name, questions, Verifier);
    }
}
