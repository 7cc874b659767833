using Microsoft.Extensions.Logging;

namespace Connections.Harness.Rendering;

/// <summary>Tells a person at a terminal what the parts of the collector warn of, such as a database that is away for a moment.</summary>
internal sealed class RemarkLogger : ILogger
{
    internal static RemarkLogger Instance { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Output.Remark($"connections: {formatter(state, exception)}");
        }
    }
}
