namespace Roast.Tasks;

/// <summary>The tasks that are known by name. A further task is a further subclass of <see cref="TaskFormat"/> and an entry here.</summary>
internal static class TaskFormats
{
    internal static IReadOnlyList<TaskFormat> All { get; } =
    [
        new ExactFormat(), new ChoiceFormat(), new Gsm8kFormat(), new Math500Format(), new MmluFormat("mmlu", "subject"), new MmluFormat("mmlu_stem", "type"),
        new TruthfulQaFormat(), new TruthfulQaGenerationFormat(), new BoolQFormat(), new CopaFormat(), new WinograndeFormat(), new IfEvalFormat(strict: true), new IfEvalFormat(strict: false),
        new XnliFormat(), new SentimentFormat("sst2", SentimentFormat.Two), new SentimentFormat("sst5", SentimentFormat.Five), new SpiderFormat(),
    ];

    internal static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    /// <summary>A task by its name, or by the JSON file that describes it.</summary>
    internal static TaskFormat Get(string name)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return TaskDefinition.Read(name);
        return All.FirstOrDefault(format => format.Name == name)
            ?? throw new RoastException(RoastError.BadTask, $"'{name}' is no task that this version knows; the tasks are {string.Join(", ", Names)}. Write your questions as JSON lines with 'prompt' and 'answer', and use 'exact'; or describe the task in a .json file.");
    }
}
