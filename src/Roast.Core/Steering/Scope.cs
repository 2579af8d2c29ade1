namespace Roast;

/// <summary>The positions at which a steering acts.</summary>
public enum Scope
{
    /// <summary><c>last</c>: the last prompt token and every generated token. The default.</summary>
    Last,
    /// <summary><c>all</c>: every position.</summary>
    All,
    /// <summary><c>prompt</c>: every position of the prompt, nothing later.</summary>
    Prompt,
    /// <summary><c>generated</c>: every generated token that is fed back; the first new token is unsteered.</summary>
    Generated,
}

/// <summary>The names of <see cref="Scope"/> and what each means for the runs of the decode loop.</summary>
public static class Scopes
{
    /// <summary>The scope's name: <c>last</c>, <c>all</c>, <c>prompt</c> or <c>generated</c>.</summary>
    public static string Name(this Scope scope) => scope switch
    {
        Scope.Last => "last",
        Scope.All => "all",
        Scope.Prompt => "prompt",
        Scope.Generated => "generated",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "Not a scope."),
    };

    /// <summary>Reads a scope's name; <c>false</c> where it is none of the four.</summary>
    public static bool TryParse(string? name, out Scope scope)
    {
        foreach (var candidate in Enum.GetValues<Scope>())
            if (candidate.Name() == name) { scope = candidate; return true; }
        scope = default;
        return false;
    }

    /// <summary>Whether the prompt tokens before the last one are steered.</summary>
    public static bool SteersPrefill(this Scope scope) => scope is Scope.All or Scope.Prompt;

    /// <summary>Whether the last prompt token is steered.</summary>
    public static bool SteersLastPromptToken(this Scope scope) => scope is not Scope.Generated;

    /// <summary>Whether tokens that were generated and are fed back are steered.</summary>
    public static bool SteersGenerated(this Scope scope) => scope is not Scope.Prompt;
}
