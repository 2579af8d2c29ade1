using Roast.Onnx;

namespace Roast.Cli.Results;

internal sealed record SpreadResult(double Median, double Least, double Most)
{
    public static SpreadResult Of(Spread x) => new(x.Median, x.Least, x.Most);
}

internal sealed record BenchSetting(int Rows, int Vectors, SpreadResult TtftMs, SpreadResult TpotMs, SpreadResult E2eMs, SpreadResult TokensPerSecond, SpreadResult RatioToUnsteered);

internal sealed record BenchResult(string Model, string Points, int PromptTokens, int NewTokens, int Trials, int Threads, ulong Seed, BenchSetting[] Settings)
{
    public static BenchResult Of(SteerableModel model, SpeedOptions options, SpeedReport x) => new(model.FullPath, options.Points.ToString(), x.PromptTokens, x.NewTokens, x.Trials, x.Threads, options.Seed,
        [.. x.Settings.Select(s => new BenchSetting(s.Rows, s.Vectors, SpreadResult.Of(s.TimeToFirstToken), SpreadResult.Of(s.TimePerToken), SpreadResult.Of(s.EndToEnd), SpreadResult.Of(s.TokensPerSecond), SpreadResult.Of(s.RatioToUnsteered)))]);
}
