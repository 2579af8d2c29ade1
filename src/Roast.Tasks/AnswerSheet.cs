using System.Text.Json;

namespace Roast.Tasks;

/// <summary>A file of answers to a task, scored.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Answers">One for each question of the task, in its order.</param>
public sealed record AnswerSheet(string Task, IReadOnlyList<ScoredAnswer> Answers)
{
    /// <summary>Answers that are right.</summary>
    public int Correct => Answers.Count(answer => answer.IsCorrect);

    /// <summary>Questions without an answer; they count as wrong.</summary>
    public int Unanswered => Answers.Count(answer => answer.Response is null);

    /// <summary>Scores a file: one object a row, {"id", "response"}, in any order.</summary>
    /// <param name="task">The questions, whose verifier decides.</param>
    /// <param name="path">The file; its form follows its name as a task's does.</param>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: an id that is no question's, or twice, a malformed row, or no answer at all; the message names file and row. <see cref="RoastError.NotFound"/>: no such file.</exception>
    public static AnswerSheet Read(RoastTask task, string path)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var ids = task.Questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        var responses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in TaskFile.Read(path))
        {
            string id = row.OptionalScalar("id") ?? throw row.Missing("id", "the id of a question");
            if (!ids.Contains(id)) throw row.Bad($"the id '{TaskRow.Shorten(id)}' is no question of task '{task.Name}'; ids such as '{task.Questions[0].Id}' were expected", "Name the data that these answers belong to");
            if (!responses.TryAdd(id, Response(row))) throw row.Bad($"the id '{id}' has an answer already; one answer to a question was expected", "Take one out");
        }
        if (responses.Count == 0) throw new RoastException(RoastError.BadTask, $"{path} has no answers; rows such as {{\"id\": \"{task.Questions[0].Id}\", \"response\": \"...\"}} were expected. Name a file with answers.");
        return new AnswerSheet(task.Name, [.. task.Questions.Select(question =>
        {
            string? response = responses.GetValueOrDefault(question.Id);
            var verdict = response is null ? Verdict.Wrong("there is no answer to this question") : task.Verifier.Check(question, response);
            return new ScoredAnswer(question.Id, response, verdict.IsCorrect, verdict.Reason);
        })]);
    }

    /// <summary>A response may be empty: a model may have written nothing. A CSV's empty cell is one too.</summary>
    static string Response(TaskRow row)
    {
        if (!row.Has("response", out var value)) return row.Unit == "row" ? "" : throw row.Missing("response", "text");
        if (value.ValueKind != JsonValueKind.String) throw row.Unexpected("response", value, "text in quotation marks", "Put the response in quotation marks");
        return row.AnyText("response", value);
    }
}

/// <summary>One answer and its verdict.</summary>
/// <param name="Id">The question's.</param>
/// <param name="Response">What was answered; <c>null</c> where nothing was.</param>
/// <param name="IsCorrect">Whether it is right.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record ScoredAnswer(string Id, string? Response, bool IsCorrect, string Reason);
