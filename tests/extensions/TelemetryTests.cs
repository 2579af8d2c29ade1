using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Roast.Extensions.AI;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>What OpenTelemetry and a logger see of requests. Each test has a model name of its own, since listeners hear every client of the process.</summary>
public class TelemetryTests
{
    /// <summary>A client whose model is called as the test, with exporters in memory.</summary>
    sealed class Observed : IDisposable
    {
        readonly List<Metric> _metrics = [];
        readonly List<Activity> _spans = [];
        readonly MeterProvider _meters;
        readonly TracerProvider _tracer;
        readonly string _model;

        public Observed(string model, RoastChatClientOptions? options = null)
        {
            _model = model;
            _meters = Sdk.CreateMeterProviderBuilder().AddMeter(RoastTelemetry.MeterName).AddInMemoryExporter(_metrics).Build();
            _tracer = Sdk.CreateTracerProviderBuilder().AddSource(RoastTelemetry.ActivitySourceName).AddInMemoryExporter(_spans).Build();
            Client = new RoastChatClient(Scene.Model, (options ?? Scene.Named) with { ModelId = model }, Log);
        }

        public RoastChatClient Client { get; }

        public LogList Log { get; } = new();

        public Activity[] Spans()
        {
            _tracer.ForceFlush();
            return [.. _spans.Where(span => Equals(span.GetTagItem("gen_ai.request.model"), _model))];
        }

        /// <summary>Points of a metric that are about this client, with their tags.</summary>
        public List<(MetricPoint Point, Dictionary<string, object?> Tags)> Points(string metric, string unit)
        {
            if (_metrics.Count == 0) _meters.ForceFlush();      // one collection, after all requests
            var found = new List<(MetricPoint, Dictionary<string, object?>)>();
            foreach (var one in _metrics.Where(one => one.Name == metric))
            {
                Assert.Equal(unit, one.Unit);
                foreach (ref readonly var point in one.GetMetricPoints())
                {
                    var tags = new Dictionary<string, object?>();
                    foreach (var tag in point.Tags) tags[tag.Key] = tag.Value;
                    if (Equals(tags["gen_ai.request.model"], _model)) found.Add((point, tags));
                }
            }
            return found;
        }

        public void Dispose()
        {
            Client.Dispose();
            _meters.Dispose();
            _tracer.Dispose();
        }
    }

    [Fact]
    public async Task Requests_are_counted_in_tokens_and_seconds_per_vector()
    {
        using var observed = new Observed("counted");
        await observed.Client.Answer();
        await observed.Client.Stream();
        await observed.Client.Answer(new ChatOptions().Steer("careful", Strength.Absolute(0.5f)));

        var tokens = observed.Points("gen_ai.client.token.usage", "{token}");
        double Tokens(string type, string vector) => tokens.Single(x => Equals(x.Tags["gen_ai.token.type"], type) && Equals(x.Tags["roast.steering.vector"], vector)).Point.GetHistogramSum();
        Assert.Equal((32, 8, 16, 4), (Tokens("input", "none"), Tokens("output", "none"), Tokens("input", "careful"), Tokens("output", "careful")));
        foreach (var (name, unit) in ((string, string)[])[("gen_ai.client.operation.duration", "s"), ("gen_ai.server.time_to_first_token", "s"), ("gen_ai.server.time_per_output_token", "s")])
        {
            var points = observed.Points(name, unit);
            Assert.Equal([1L, 2L], points.Select(x => x.Point.GetHistogramCount()).Order());
            Assert.All(points, x => Assert.True(x.Point.GetHistogramSum() > 0, name));
            Assert.All(points, x => Assert.Equal(("chat", "roast"), (x.Tags["gen_ai.operation.name"], x.Tags["gen_ai.provider.name"])));
        }
    }

    [Fact]
    public async Task A_span_says_how_a_request_was_sampled_steered_and_answered()
    {
        using var observed = new Observed("spanned");
        var response = await observed.Client.GetResponseAsync(Scene.Ask(), new ChatOptions { TopK = 3, Temperature = 0, Seed = 9, MaxOutputTokens = 8, StopSequences = ["="] }.Steer("careful", Strength.Absolute(0.5f), Scope.Last));
        var span = Assert.Single(observed.Spans());
        Assert.Equal(("chat spanned", ActivityKind.Client, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        foreach (var (key, expected) in ((string, object)[])
        [
            ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "roast"), ("gen_ai.response.id", response.ResponseId!), ("gen_ai.response.model", "spanned"),
            ("gen_ai.request.temperature", 0.0), ("gen_ai.request.top_p", 1.0), ("gen_ai.request.top_k", 3.0), ("gen_ai.request.seed", 9L), ("gen_ai.request.max_tokens", 8),
            ("gen_ai.usage.input_tokens", 16), ("gen_ai.usage.output_tokens", 4), ("roast.steering.vector", "careful"), ("roast.steering.strength", 0.5),
            ("roast.steering.relative", false), ("roast.steering.scope", "last"), ("roast.steering.live", false), ("roast.steering.points", Scene.Vector.Points.Count),
        ])
            Assert.True(Equals(expected, span.GetTagItem(key)), $"{key}: {span.GetTagItem(key)}, expected {expected}");
        Assert.Equal(["stop"], (string[])span.GetTagItem("gen_ai.response.finish_reasons")!);
        Assert.Equal(["="], (string[])span.GetTagItem("gen_ai.request.stop_sequences")!);
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && (text.Contains(Scene.Question) || text.Contains(Scene.Careful)));
    }

    [Fact]
    public async Task A_refused_request_and_a_cancelled_one_end_with_their_kind_of_error()
    {
        using var observed = new Observed("failing", Scene.Named with { Defaults = new() { IgnoreEnd = true } });
        await Assert.ThrowsAsync<NotSupportedException>(() => observed.Client.Answer(new() { ResponseFormat = ChatResponseFormat.Json }));
        await Assert.ThrowsAsync<RoastException>(() => observed.Client.GetResponseAsync(Scene.Ask(new string('1', 300))));
        await foreach (var _ in observed.Client.GetStreamingResponseAsync(Scene.Ask())) break;

        string[] expected = ["RoastError.TooLarge", "System.NotSupportedException", "System.OperationCanceledException"];
        Assert.Equal(expected, observed.Points("gen_ai.client.operation.duration", "s").Select(x => (string)x.Tags["error.type"]!).Order());
        Assert.Equal(expected, observed.Spans().Select(span => (string)span.GetTagItem("error.type")!).Order());
        Assert.All(observed.Spans(), span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(2, observed.Points("gen_ai.client.token.usage", "{token}").Count);        // the cancelled one computed tokens: input and output
        Assert.Empty(observed.Points("gen_ai.server.time_to_first_token", "s"));
    }

    [Fact]
    public async Task The_log_tells_what_happened_and_never_what_was_said()
    {
        using var observed = new Observed("logged");
        await observed.Client.Answer(new ChatOptions().Steer("careful", Strength.Absolute(0.5f)));
        await Assert.ThrowsAsync<NotSupportedException>(() => observed.Client.Answer(new() { Tools = [new HostedWebSearchTool()] }));
        await Assert.ThrowsAsync<RoastException>(() => observed.Client.GetResponseAsync(Scene.Ask(new string('1', 300))));
        Assert.Equal([(LogLevel.Debug, 1), (LogLevel.Information, 3), (LogLevel.Warning, 9), (LogLevel.Debug, 2), (LogLevel.Error, 6)], observed.Log.Entries.Select(entry => (entry.Level, entry.Id)));
        Assert.Contains("steered by careful at 0.5 in scope Last", observed.Log.Entries[0].Text);
        Assert.Contains("4 tokens", observed.Log.Entries[1].Text);
        Assert.Contains("Tools (1)", observed.Log.Entries[2].Text);
        Assert.All(observed.Log.Entries, entry => Assert.DoesNotContain(Scene.Question, entry.Text));
    }

    [Fact]
    public async Task A_traced_steering_that_moved_nothing_is_a_warning()
    {
        using var observed = new Observed("traced", Scene.Named with { Defaults = new() { Trace = true } });
        await observed.Client.Answer(new ChatOptions().Steer("careful", Strength.Absolute(1e-12f)));
        Assert.Contains(observed.Log.Entries, entry => entry.Id == 8 && entry.Text.Contains("changed nothing"));
    }
}
