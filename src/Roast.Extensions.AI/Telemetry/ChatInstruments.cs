using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Roast.Extensions.AI.Telemetry;

/// <summary>The meter's histograms and the activity source. Names, units and buckets: OpenTelemetry semantic conventions, gen-ai metrics.</summary>
internal sealed class ChatInstruments : IDisposable
{
    static readonly string Version = typeof(ChatInstruments).Assembly.GetName().Version?.ToString(3) ?? "";

    public static ActivitySource Source { get; } = new(RoastTelemetry.ActivitySourceName, Version);

    readonly Meter? _own;

    /// <param name="factory">Makes and owns the meter; <c>null</c>: it is made here and disposed with this object.</param>
    public ChatInstruments(IMeterFactory? factory)
    {
        var meter = factory?.Create(new MeterOptions(RoastTelemetry.MeterName) { Version = Version }) ?? (_own = new Meter(RoastTelemetry.MeterName, Version));
        Tokens = meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens of prompts and of answers.", advice: new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
        });
        Duration = Seconds(meter, "gen_ai.client.operation.duration", "Time from request to the end of the answer.", [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]);
        FirstToken = Seconds(meter, "gen_ai.server.time_to_first_token", "Time from request to the first token, waiting and prompt included.", [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]);
        PerToken = Seconds(meter, "gen_ai.server.time_per_output_token", "Time per token after the first.", [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5]);
    }

    public Histogram<int> Tokens { get; }

    public Histogram<double> Duration { get; }

    public Histogram<double> FirstToken { get; }

    public Histogram<double> PerToken { get; }

    public void Dispose() => _own?.Dispose();

    static Histogram<double> Seconds(Meter meter, string name, string description, double[] buckets) =>
        meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
