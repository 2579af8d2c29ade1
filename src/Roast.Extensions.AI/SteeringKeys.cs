using Microsoft.Extensions.AI;

namespace Roast.Extensions.AI;

/// <summary>
/// Keys of <see cref="ChatOptions.AdditionalProperties"/> that a <see cref="RoastChatClient"/> reads. A key that begins with
/// <c>roast.</c> and is none of these is refused, since a misspelt one would steer nothing. Values may come from JSON.
/// </summary>
public static class SteeringKeys
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "roast.";

    /// <summary>A <see cref="Roast.Steering"/>: vector, strength and scope in one value.</summary>
    public const string Steering = "roast.steering";

    /// <summary>A <see cref="Roast.Onnx.LiveSteering"/>, whose strength may be changed while the answer is written.</summary>
    public const string Live = "roast.live";

    /// <summary>A <see cref="SteeringVector"/>, or the name of one of <see cref="RoastChatClientOptions.Vectors"/>; never a path. <c>null</c>: this request is not steered.</summary>
    public const string Vector = "roast.vector";

    /// <summary>How strongly: a number, or a <see cref="Roast.Strength"/>. Absent: what the vector recommends, else 0.2.</summary>
    public const string Strength = "roast.strength";

    /// <summary>Whether a strength that is a number is a share of the mean activation norm; a truth value, by default false.</summary>
    public const string Relative = "roast.relative";

    /// <summary>Where: a <see cref="Roast.Scope"/>, or its name (<c>last</c>, <c>all</c>, <c>prompt</c>, <c>generated</c>). Absent: what the vector recommends, else <c>last</c>.</summary>
    public const string Scope = "roast.scope";

    /// <summary><see cref="Sampling.SamplerOptions.MinP"/>, a number in [0, 1].</summary>
    public const string MinP = "roast.min_p";

    /// <summary><see cref="Sampling.SamplerOptions.RepetitionPenalty"/>, a number above 0.</summary>
    public const string RepetitionPenalty = "roast.repetition_penalty";

    /// <summary>Whether a model that can think before it answers shall: <c>enable_thinking</c> of its chat template, a truth value.</summary>
    public const string EnableThinking = "roast.enable_thinking";

    internal static IReadOnlyList<string> All { get; } = [Steering, Live, Vector, Strength, Relative, Scope, MinP, RepetitionPenalty, EnableThinking];
}
