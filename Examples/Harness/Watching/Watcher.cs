using System.Net.Sockets;
using System.Text.Json;

namespace Connections.Harness.Watching;

/// <summary>Watches one process. What it says is as little to be trusted as any input: it is bounded in length and time.</summary>
internal sealed class Watcher : IDisposable
{
    private const int LongestReport = 8 * 1024 * 1024;
    private const int FirstBuffer = 16 * 1024;
    private const byte EndOfReport = (byte)'\n';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly byte[] Question = [(byte)'?'];

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private byte[] _buffer = new byte[FirstBuffer];
    private bool _isConnected;

    /// <param name="path">Its socket.</param>
    internal Watcher(string path) => Path = path;

    /// <summary>Its socket.</summary>
    internal string Path { get; }

    /// <summary>Asks for a report.</summary>
    /// <returns>Null if the process has gone, does not answer in time, or says what is no report.</returns>
    internal async Task<ProcessReport?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await ConnectAsync(limit.Token);
            await _socket.SendAsync(Question, limit.Token);
            return Parse((await ReceiveAsync(limit.Token)).Span);
        }
        catch (Exception error) when (error is SocketException or JsonException or InvalidDataException or EndOfStreamException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _socket.Dispose();

    // That members of lists are there, nullable annotations do not say.
    private static ProcessReport? Parse(ReadOnlySpan<byte> line)
    {
        var report = JsonSerializer.Deserialize(line, WatchJson.Default.ProcessReport);
        return report is not null && report.Connections.All(static item => item is not null) && report.Pools.All(static item => item is not null) ? report : null;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_isConnected)
        {
            await _socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellationToken);
            _isConnected = true;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (length == 0 || _buffer[length - 1] != EndOfReport)
        {
            if (length == _buffer.Length)
            {
                Grow();
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += received > 0 ? received : throw new EndOfStreamException();
        }

        return _buffer.AsMemory(0, length);
    }

    private void Grow()
    {
        if (_buffer.Length >= LongestReport)
        {
            throw new InvalidDataException();
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
