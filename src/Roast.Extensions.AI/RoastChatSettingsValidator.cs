using Microsoft.Extensions.Options;

namespace Roast.Extensions.AI;

/// <summary>Refuses settings that no client can be made of, all faults at once, each with what was found and what is expected.</summary>
internal sealed class RoastChatSettingsValidator : IValidateOptions<RoastChatSettings>
{
    public ValidateOptionsResult Validate(string? name, RoastChatSettings options)
    {
        string[] faults = [.. Faults(options).Select(fault => $"{(string.IsNullOrEmpty(name) ? "the chat client" : $"the chat client '{name}'")}: {fault}")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(RoastChatSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ModelPath)) yield return "ModelPath is not set. Give a model folder, an .onnx or a .gguf file.";
        if (settings.Threads is < 1) yield return $"Threads is {settings.Threads}; expected at least 1, or nothing for one per core.";
        foreach (var (name, path) in settings.Vectors)
            if (string.IsNullOrWhiteSpace(path)) yield return $"Vectors:{name} names no file. Give the path of a steering vector, or leave the name out.";
        if (settings.Vector is { } vector && !settings.Vectors.ContainsKey(vector)) yield return $"Vector is '{vector}'; expected {Requests.SteeringReader.Known(settings.Vectors.Keys)}.";
        if (settings.Vector is null && (settings.Strength is not null || settings.Scope is not null || settings.Relative)) yield return "Strength, Relative and Scope say how Vector steers, and Vector is not set. Name one of Vectors.";
        if (settings.Strength is { } strength && !float.IsFinite(strength)) yield return $"Strength is {strength}; expected a finite number.";
        if (settings.Relative && settings.Strength is null) yield return "Relative says how Strength is meant, and Strength is not set. Give a strength.";
        if (settings.Scope is { } scope && !Enum.IsDefined(scope)) yield return $"Scope is {scope}; expected {string.Join(", ", Enum.GetValues<Scope>().Select(known => known.Name()))}.";
        if (settings.Temperature is { } temperature && !(float.IsFinite(temperature) && temperature >= 0)) yield return $"Temperature is {temperature}; expected a finite number, at least 0 (0 takes the most likely token).";
        if (settings.TopP is { } topP && !(topP is > 0 and <= 1)) yield return $"TopP is {topP}; expected a number in (0, 1].";
        if (settings.TopK is < 1) yield return $"TopK is {settings.TopK}; expected at least 1, or nothing to keep all.";
        if (settings.MaxOutputTokens is < 1) yield return $"MaxOutputTokens is {settings.MaxOutputTokens}; expected at least 1, or nothing for the model's context.";
        if (settings.MaxConcurrentRequests is < 1) yield return $"MaxConcurrentRequests is {settings.MaxConcurrentRequests}; expected at least 1, or nothing for any number.";
    }
}
