using System.Threading.Channels;
using Connections.Terminal;

namespace Connections.Tests.Terminal;

/// <summary>A device that prints what a test tells it to, piece by piece, and notes what is sent to it.</summary>
internal sealed class ScriptedTransport : ITerminalTransport
{
    // What is printed has arrived when Print returns.
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    public List<string> Sent { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>What sending fails with, if it fails.</summary>
    public Exception? SendError { get; set; }

    public void Print(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            _pieces.Writer.TryWrite(piece);
        }
    }

    public void Close() => _pieces.Writer.Complete(new EndOfStreamException("The script is over."));

    public Task OpenAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _pieces.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException error) when (error.InnerException is { } reason)
        {
            throw reason;
        }
    }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        Sent.Add(text);
        return SendError is null ? ValueTask.CompletedTask : ValueTask.FromException(SendError);
    }

    public void Dispose() => IsDisposed = true;
}
