namespace Roast.Text;

/// <summary>A model's tokenizer and chat template as the two files that other programs read, in memory.</summary>
/// <param name="Tokenizer">tokenizer.json, UTF-8.</param>
/// <param name="Config">tokenizer_config.json, UTF-8, with the chat template where the model has one.</param>
public sealed record TokenizerFiles(byte[] Tokenizer, byte[] Config);
