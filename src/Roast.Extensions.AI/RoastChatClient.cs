using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Roast.Extensions.AI.Requests;
using Roast.Extensions.AI.Telemetry;
using Roast.Onnx;

namespace Roast.Extensions.AI;

/// <summary>
/// A steerable model as a chat client. Each request may have a steering of its own (<see cref="SteeringKeys"/>,
/// <see cref="SteeringChatOptionsExtensions"/>). What it does not have, such as tools or JSON output, it refuses rather than ignores.
/// Thread-safe: requests run side by side, up to <see cref="RoastChatClientOptions.MaxConcurrentRequests"/>.
/// </summary>
/// <remarks>
/// A model with a chat template is shown the whole conversation. One without is shown the last user message as plain text: earlier
/// messages are left out with a warning in the log, and a system message is refused.
/// </remarks>
public sealed partial class RoastChatClient : IChatClient
{
    readonly SteerableModel _model;
    readonly RoastChatClientOptions _options;
    readonly ChatInstruments _instruments;
    readonly ILogger _logger;
    readonly SemaphoreSlim? _slots;
    readonly ChatClientMetadata _metadata;
    readonly string _modelId;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">Answers; disposed with the client only where <see cref="RoastChatClientOptions.OwnsModel"/> says so.</param>
    /// <param name="options">Defaults of requests, and vectors by name; <c>null</c>: greedy, not steered, no names.</param>
    /// <param name="loggerFactory"><c>null</c>: nothing is logged.</param>
    /// <param name="meterFactory">Makes the meter <see cref="RoastTelemetry.MeterName"/>; <c>null</c>: the client makes one.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: the model has no tokenizer. <see cref="RoastError.VectorDoesNotFit"/>: a vector of the options is of another model.</exception>
    public RoastChatClient(SteerableModel model, RoastChatClientOptions? options = null, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options) = (model, options ?? new());
        if (model.Tokenizer is null) model.EncodeText("");                 // says why
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<RoastChatClient>();
        foreach (var (name, vector) in _options.Vectors)
            foreach (string doubt in model.Check(vector)) ChatLog.Doubt(_logger, name, doubt);
        _modelId = _options.ModelId ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(model.FullPath));
        _metadata = new ChatClientMetadata(RoastTelemetry.Provider, defaultModelId: _modelId);
        _slots = _options.MaxConcurrentRequests is { } most ? new SemaphoreSlim(most, most) : null;
        _instruments = new ChatInstruments(meterFactory);
    }

    /// <summary>Answers a conversation.</summary>
    /// <param name="messages">The turns, oldest first; text only.</param>
    /// <param name="options">Sampling, limits and steering of this request; <c>null</c>: the client's defaults.</param>
    /// <param name="cancellationToken">Ends the generation, also inside a step.</param>
    /// <returns>One assistant message with usage and finish reason; its raw representation is the <see cref="Generation"/>.</returns>
    /// <exception cref="NotSupportedException">An option or a content that this client does not have.</exception>
    /// <exception cref="ArgumentException">No message, or a value that makes no sense.</exception>
    /// <exception cref="RoastException">The conversation is too long, the template does not take it, or the vector does not fit.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await GenerateAsync(messages, options, show: null, cancellationToken).ConfigureAwait(false);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Generation.Text) { MessageId = answer.Id, RawRepresentation = answer.Generation })
        {
            ResponseId = answer.Id,
            ModelId = _modelId,
            CreatedAt = DateTimeOffset.UtcNow,
            FinishReason = answer.Finish,
            Usage = answer.Usage,
            RawRepresentation = answer.Generation,
        };
    }

    /// <summary>Gives <see cref="ChatClientMetadata"/>, the <see cref="SteerableModel"/>, or the client itself.</summary>
    /// <param name="serviceType">What is wanted.</param>
    /// <param name="serviceKey">Only <c>null</c> names anything here.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(SteerableModel) ? _model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _instruments.Dispose();
        if (_options.OwnsModel) _model.Dispose();
    }
}
