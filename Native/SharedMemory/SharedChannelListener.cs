using System.Diagnostics;
using Connections.Native.SharedMemory.Doorbells;
using Connections.Native.SharedMemory.Sockets;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Lets the processes of this user connect by a name: each that does gets a <see cref="SharedChannel"/> of its own. No other user can.
/// </summary>
/// <remarks>
/// The name is a socket in the user's private directory, <c>/dev/shm/connections-UID</c>. It goes with the listener; if the process is killed, it
/// stays, does no harm, and is removed by the next listener of this user. The memory of channels has no name, and nothing of it stays.
/// Linux only, x64 or arm64. Disposal may come from any thread.
/// </remarks>
[DebuggerDisplay("{Name,nq}")]
public sealed class SharedChannelListener : IAsyncDisposable
{
    private readonly SharedChannelOptions _options;
    private readonly string _path;
    private readonly FileStatus _file;
    private readonly UnixSocket _socket;
    private readonly Readiness _readiness;
    private ChannelGate _accepting;
    private bool _isDisposed;

    private SharedChannelListener(string name, string path, in FileStatus file, UnixSocket socket, SharedChannelOptions options)
    {
        Name = name;
        _path = path;
        _file = file;
        _socket = socket;
        _options = options;
        _readiness = new Readiness(socket);
    }

    /// <summary>The name under which it listens.</summary>
    public string Name { get; }

    /// <summary>Takes a name. Who connects from now on waits until <see cref="AcceptAsync"/> is called.</summary>
    /// <param name="name">The name among this user's listeners: some 60 letters and digits at most, fewer if it has other characters, which it may.</param>
    /// <param name="options">How its channels are made, and how they wait; null for the defaults.</param>
    /// <exception cref="ChannelNameTakenException">A process that lives listens under the name.</exception>
    /// <exception cref="SharedMemoryException">The system refuses, or the private directory is not safe.</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static SharedChannelListener Listen(string name, SharedChannelOptions? options = null) =>
        ListenAt(name, ChannelNames.PathOf(SegmentDirectory.Prepare(null), name), options ?? SharedChannelOptions.Default);

    internal static SharedChannelListener ListenAt(string name, string path, SharedChannelOptions options)
    {
        var socket = ChannelNames.TryTake(path, out var file)
            ?? throw new ChannelNameTakenException($"A process listens under '{name}' already ({path}): choose another name, or end it first.");
        return new SharedChannelListener(name, path, file, socket, options);
    }

    /// <summary>Waits for the next process that connects, in their order. One may wait at a time.</summary>
    /// <param name="cancellationToken">Ends the wait. Nobody who connects is lost by it.</param>
    /// <exception cref="SharedMemoryException">The system refuses memory or descriptors; who connected is told. Accepting may go on.</exception>
    /// <exception cref="InvalidOperationException">Somebody waits already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="ObjectDisposedException">The listener has been disposed.</exception>
    public async ValueTask<SharedChannel> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (!_accepting.TryEnter())
        {
            throw new InvalidOperationException($"Somebody waits for connections under '{Name}' already: one may at a time.");
        }

        try
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
                cancellationToken.ThrowIfCancellationRequested();
                if (_socket.TryAccept() is not { } connected)
                {
                    await _readiness.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else if (SharedChannel.TryAccept(Name, connected, _options) is { } channel)
                {
                    return channel;
                }
            }
        }
        finally
        {
            _accepting.Exit();
        }
    }

    /// <summary>
    /// Gives the name back. Who has connected and was not accepted gets a <see cref="NoSuchChannelException"/>, who waits here an
    /// <see cref="ObjectDisposedException"/>; channels are not affected.
    /// </summary>
    /// <exception cref="SharedMemoryException">The name cannot be removed.</exception>
    public ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            // The socket first: a name that leads nowhere does no harm, and the directory may be locked.
            _readiness.Dispose();
            _socket.Dispose();
            ChannelNames.Remove(_path, _file);
        }

        return ValueTask.CompletedTask;
    }
}
