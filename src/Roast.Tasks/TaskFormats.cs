namespace Roast.Tasks;

/// <summary>The tasks that are known by name.</summary>
internal static class TaskFormats
{
    static readonly TaskFormat[] All = [new ExactFormat(), new Gsm8kFormat()];

    internal static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    internal static TaskFormat Get(string name) => Array.Find(All, format => format.Name == name)
        ?? throw new RoastException(RoastError.BadTask, $"'{name}' is no task that this version knows; the tasks are {string.Join(", ", Names)}. Write your questions as JSON lines with 'prompt' and 'answer', and use 'exact'.");
}
