namespace Roast.Extensions.AI;

/// <summary>
/// Names under which a <see cref="RoastChatClient"/> reports. Metrics and span attributes are those of OpenTelemetry's conventions for generative AI
/// (1.37) where there is one, else <c>roast.*</c>. Nothing that was asked or answered is reported.
/// </summary>
public static class RoastTelemetry
{
    /// <summary>The meter, for <c>AddMeter</c>.</summary>
    public const string MeterName = "Roast.Extensions.AI";

    /// <summary>The activity source, for <c>AddSource</c>.</summary>
    public const string ActivitySourceName = "Roast.Extensions.AI";

    /// <summary>The value of <c>gen_ai.provider.name</c>.</summary>
    public const string Provider = "roast";
}
