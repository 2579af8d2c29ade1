using System.Text.Json;

namespace Roast.Tasks;

/// <summary>
/// Right is a response that follows all of a question's instructions (IFEval, arXiv 2311.07911). Loose: an instruction also counts as
/// followed when the response follows it without its asterisks, its first line, its last line, or several of these.
/// </summary>
/// <param name="strict">Whether the response counts only as it is.</param>
public sealed class IfEvalVerifier(bool strict = true) : IVerifier
{
    /// <summary>The field with the instructions' arguments: a JSON list of objects.</summary>
    public const string Arguments = "kwargs";

    /// <summary>Whether the response counts only as it is.</summary>
    public bool IsStrict { get; } = strict;

    /// <inheritdoc/>
    /// <exception cref="RoastException"><see cref="RoastError.BadTask"/>: the question's instructions are unknown or malformed; <see cref="TaskFormat.Load"/> refuses such a question first.</exception>
    public Verdict Check(Question question, string response)
    {
        var faults = Faults(question, response);
        string[] broken = [.. faults.Where(fault => fault.Fault is not null).Select(fault => $"{fault.Id}: {fault.Fault}")];
        return broken.Length == 0 ? Verdict.Right($"all {faults.Count} instructions are followed") : Verdict.Wrong($"{broken.Length} of {faults.Count} instructions are not followed: {string.Join("; ", broken)}");
    }

    /// <summary>What is wrong with a response, instruction by instruction; <c>null</c> where one is followed.</summary>
    public IReadOnlyList<(string Id, string? Fault)> Faults(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        List<string> variants = IsStrict ? [response] : LooseVariants(response);
        return [.. Instructions(question).Select(instruction => (instruction.Id, Fault(instruction, variants)))];
    }

    static string? Fault(Instruction instruction, List<string> variants)
    {
        string? first = null;
        foreach (string variant in variants)
        {
            string? fault = string.IsNullOrWhiteSpace(variant) ? "the response is empty" : instruction.Fault(variant);
            if (fault is null) return null;
            first ??= fault;
        }
        return first;
    }

    static List<string> LooseVariants(string response)
    {
        string[] lines = response.Split('\n');
        string[] cut = [response, string.Join('\n', lines[1..]).Trim(), string.Join('\n', lines[..^1]).Trim(), lines.Length > 1 ? string.Join('\n', lines[1..^1]).Trim() : ""];
        return [.. cut, .. cut.Select(text => text.Replace("*", ""))];
    }

    static List<Instruction> Instructions(Question question)
    {
        try
        {
            using var arguments = JsonDocument.Parse(question.Fields.TryGetValue(Arguments, out string? json) ? json : "[]");
            return Instruction.ReadAll(question.Answer.Split(", "), arguments.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new RoastException(RoastError.BadTask, $"Question '{question.Id}': {e.Message}. Load it with the task 'ifeval', which checks this.", e);
        }
    }
}
