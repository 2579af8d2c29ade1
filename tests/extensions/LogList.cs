using Microsoft.Extensions.Logging;

namespace Roast.Tests.Extensions;

/// <summary>A logger that keeps what it is told.</summary>
sealed class LogList : ILoggerFactory, ILogger
{
    /// <summary>What was logged, in order.</summary>
    public List<(LogLevel Level, int Id, string Text)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Entries) Entries.Add((logLevel, eventId.Id, formatter(state, exception)));
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This list is the only logger.");

    public void Dispose() { }
}
