using Roast.Onnx;
using Roast.Text;

namespace Roast.Cli.Results;

/// <summary>What steering does to the next token along unsteered answers; divergences in nats. Of the answers the first few are told token by token.</summary>
internal sealed record EffectResult(int Answers, int Changed, StepEffect[] Steps, AnswerEffectResult[] Examples)
{
    public const int MostExamples = 12;

    public static EffectResult Of(SteeringEffect x, TextTokenizer tokenizer) => new(x.Answers.Count, x.Answers.Count(answer => answer.FirstDiverging is not null), [.. x.Steps],
        [.. x.Answers.Take(MostExamples).Select(answer => new AnswerEffectResult(answer.Id, answer.Prompt, answer.FirstDiverging,
            [.. answer.Tokens.Select(token => new TokenEffectResult(token.Id, Piece(tokenizer, token.Id), token.SteeredId, Piece(tokenizer, token.SteeredId), token.Divergence))]))]);

    /// <summary>A token as text: control tokens by their names, half a character as its replacement.</summary>
    static string Piece(TextTokenizer tokenizer, int id) => tokenizer.Decode([id], skipSpecial: false);
}

internal sealed record AnswerEffectResult(string Id, string Prompt, int? FirstDiverging, TokenEffectResult[] Tokens);

internal sealed record TokenEffectResult(int Id, string Text, int SteeredId, string SteeredText, double Divergence);
