using Roast.Onnx;
using Roast.Sampling;

namespace Roast.Extensions.AI;

/// <summary>Makes of checked settings what a client needs.</summary>
internal static class RoastChatFactory
{
    /// <summary>Opens the model.</summary>
    /// <exception cref="RoastException">It cannot be opened.</exception>
    public static SteerableModel OpenModel(RoastChatSettings settings) => SteerableModel.Open(settings.ModelPath!, new RuntimeOptions { Threads = settings.Threads });

    /// <summary>Loads the vectors and translates the rest.</summary>
    /// <exception cref="RoastException">A vector cannot be read.</exception>
    public static RoastChatClientOptions ClientOptions(RoastChatSettings settings)
    {
        var vectors = settings.Vectors.ToDictionary(entry => entry.Key, entry => SteeringVector.Import(entry.Value).Vector, StringComparer.Ordinal);
        return new RoastChatClientOptions
        {
            ModelId = settings.ModelId,
            Vectors = vectors,
            MaxConcurrentRequests = settings.MaxConcurrentRequests,
            Defaults = new GenerationOptions
            {
                Steering = settings.Vector is { } name ? vectors[name].Recommended(StrengthOf(settings), settings.Scope) : null,
                MaxTokens = settings.MaxOutputTokens,
                Seed = settings.Seed is { } seed ? unchecked((ulong)seed) : new GenerationOptions().Seed,
                Sampler = new SamplerOptions { Temperature = settings.Temperature ?? 0, TopP = settings.TopP ?? 1, TopK = settings.TopK },
            },
        };
    }

    static Strength? StrengthOf(RoastChatSettings settings) => settings.Strength is not { } s ? null : Strength.Of(s, settings.Relative);
}
