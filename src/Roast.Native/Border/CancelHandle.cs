namespace Roast.Native;

/// <summary>roast_cancel: ends the calls that were given it. Nothing to dispose: a source without a timer holds no system resource.</summary>
internal sealed class CancelHandle
{
    readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public void Request() => _source.Cancel();
}
