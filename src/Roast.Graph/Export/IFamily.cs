namespace Roast.Graph.Export;

/// <summary>One model family: what it reads from config.json and how its blocks are wired. One family, one file.</summary>
internal interface IFamily
{
    /// <summary>Hugging Face's <c>model_type</c>.</summary>
    string ModelType { get; }

    /// <summary>Reads and checks the shape; refuses every variant that <see cref="Build"/> would get wrong.</summary>
    ModelShape ReadShape(ConfigReader config);

    /// <summary>Writes the nodes from token ids to logits and notes the points.</summary>
    void Build(DecoderBuilder decoder);
}
