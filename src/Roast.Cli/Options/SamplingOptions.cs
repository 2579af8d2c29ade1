using System.CommandLine;
using Roast.Sampling;

namespace Roast.Cli.Options;

/// <summary>How tokens are drawn.</summary>
internal sealed class SamplingOptions
{
    readonly Option<float?> _temperature, _topP, _minP, _repetitionPenalty;
    readonly Option<int?> _topK;
    readonly Option<ulong> _seed = Numbers.Seed();

    /// <param name="command">Receives the options.</param>
    /// <param name="defaults">Their defaults.</param>
    /// <param name="isFull">Whether there are <c>--top-k</c>, <c>--min-p</c> and <c>--repetition-penalty</c>.</param>
    public SamplingOptions(Command command, SamplerOptions defaults, bool isFull)
    {
        _temperature = Numbers.Float("--temperature", "Divides the logits; 0 takes the most likely token.", defaults.Temperature, least: 0);
        _topP = Numbers.Float("--top-p", "Keeps the most likely tokens whose mass reaches this; 1 keeps all.", defaults.TopP, least: float.Epsilon, most: 1);
        _topK = Numbers.Int("--top-k", "Keeps this many of the most likely tokens; default: all.");
        _minP = Numbers.Float("--min-p", "Keeps tokens with at least this share of the most likely one's probability.", defaults.MinP, least: 0, most: 1);
        _repetitionPenalty = Numbers.Float("--repetition-penalty", "Above 1 makes tokens that occurred less likely.", defaults.RepetitionPenalty, least: float.Epsilon);
        command.Options.Add(_temperature);
        command.Options.Add(_topP);
        if (isFull) foreach (Option option in (Option[])[_topK, _minP, _repetitionPenalty]) command.Options.Add(option);
        command.Options.Add(_seed);
    }

    public ulong Seed(ParseResult args) => args.GetValue(_seed);

    public SamplerOptions Read(ParseResult args) => new()
    {
        Temperature = args.GetValue(_temperature)!.Value,
        TopP = args.GetValue(_topP)!.Value,
        TopK = args.GetValue(_topK),
        MinP = args.GetValue(_minP) ?? 0,
        RepetitionPenalty = args.GetValue(_repetitionPenalty) ?? 1,
    };
}
