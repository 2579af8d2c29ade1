namespace Roast.Graph.Export;

/// <summary>The families that can be exported.</summary>
internal static class Families
{
    public static IReadOnlyList<IFamily> All { get; } = [new Qwen3(), new Qwen2(), new Llama("llama"), new Llama("mistral"), new Glm4(), new Gemma2(), new Gemma3()];

    /// <summary>The family of a <c>model_type</c>.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: none of these.</exception>
    public static IFamily Find(string modelType, ConfigReader config) => All.FirstOrDefault(family => family.ModelType == modelType)
        ?? throw config.Unsupported("model_type", $"'{modelType}'", string.Join(", ", All.Select(family => family.ModelType)));

    /// <summary>The family that a shape was read by.</summary>
    public static IFamily Of(ModelShape shape) => All.First(family => family.ModelType == shape.Family);
}
