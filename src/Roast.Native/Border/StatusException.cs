namespace Roast.Native;

/// <summary>A failure that belongs to the border itself and already knows its status.</summary>
internal sealed class StatusException(Status status, string message) : Exception(message)
{
    public Status Status { get; } = status;
}
