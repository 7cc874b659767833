using Microsoft.Extensions.Logging;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>A logger that tells when something was said.</summary>
/// <param name="text">What the message holds.</param>
internal sealed class AwaitedLog(string text) : ILogger
{
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first such message.</summary>
    public Task Said => _said.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains(text, StringComparison.Ordinal))
        {
            _said.TrySetResult();
        }
    }
}
