using System.Globalization;
using Roast.Onnx;

namespace Roast.Cli.Output;

/// <summary>What a stage gets done a second; 0 where nothing has passed yet that could be measured.</summary>
internal readonly record struct Rate(double Items, double Tokens)
{
    /// <summary>The rate from the report that started the clock to the latest one.</summary>
    public static Rate Between(WorkProgress first, WorkProgress now, TimeSpan time) => time <= TimeSpan.Zero ? default
        : new(Math.Max(0, now.Done - first.Done) / time.TotalSeconds, Math.Max(0, now.Tokens - first.Tokens) / time.TotalSeconds);

    /// <summary><c>1,234/s 5,678 tokens/s</c>.</summary>
    public override string ToString() => Items <= 0 ? "" : Tokens <= 0 ? $"{Text(Items)}/s" : $"{Text(Items)}/s {Text(Tokens)} tokens/s";

    static string Text(double rate) => rate.ToString(rate < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
