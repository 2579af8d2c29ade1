using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Roast.Onnx;
using Roast.TestSupport;

namespace Roast.Tests.Extensions;

/// <summary>The default model, its vector, and what it answers with and without.</summary>
static class Scene
{
    internal const string Question = "457+385=", Sloppy = "732", Careful = "842";

    internal static SteerableModel Model { get; } = SteerableModel.Open(Repository.DefaultModel);

    internal static string VectorPath { get; } = Path.Combine(Repository.DefaultModel, "careful.safetensors");

    internal static SteeringVector Vector { get; } = SteeringVector.Load(VectorPath);

    internal static RoastChatClient Client(RoastChatClientOptions? options = null) => new(Model, options ?? Named);

    /// <summary>Knows the vector as <c>careful</c>.</summary>
    internal static RoastChatClientOptions Named { get; } = new() { Vectors = new Dictionary<string, SteeringVector> { ["careful"] = Vector } };

    internal static ChatMessage[] Ask(string text = Question) => [new(ChatRole.User, text)];

    internal static async Task<string> Answer(this IChatClient client, ChatOptions? options = null) => (await client.GetResponseAsync(Ask(), options)).Text;

    internal static async Task<List<ChatResponseUpdate>> Stream(this IChatClient client, ChatOptions? options = null)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(Ask(), options)) updates.Add(update);
        return updates;
    }
}
