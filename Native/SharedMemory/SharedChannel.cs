using System.Diagnostics;
using Connections.Native.SharedMemory.Doorbells;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.SharedMemory.Sockets;
using Connections.Native.Sync;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Two processes of one user on this machine send each other messages through memory that they share, in both directions. Made by
/// <see cref="ConnectAsync"/> and <see cref="SharedChannelListener.AcceptAsync"/>.
/// </summary>
/// <remarks>
/// <para>Messages arrive whole, once, and in order. In each direction one may send and one may receive at a time, from any thread; two at once
/// get an <see cref="InvalidOperationException"/>. While both sides are awake, nothing enters the kernel and nothing is allocated.</para>
/// <para>A wait spins for <see cref="SharedChannelOptions.SpinBudget"/> and then sleeps; it ends at once when the other process ends the channel
/// or dies, whatever it was doing. What it had sent whole before can still be received.</para>
/// <para>The other process is not trusted beyond being of the same user: whatever it writes into the memory, this one gets right messages or a
/// <see cref="SharedMemoryException"/>. Linux only, x64 or arm64.</para>
/// </remarks>
[DebuggerDisplay("{Name,nq}, process {PeerProcessId}")]
public sealed partial class SharedChannel : IAsyncDisposable, IDoorbellTarget
{
    private readonly MappedMemory _memory;
    private readonly UnixSocket _socket;
    private readonly RingWriter _writer;
    private readonly RingReader _reader;
    private readonly IncomingMessage _incoming;
    private readonly Spinner _sendSpinner;
    private readonly Spinner _receiveSpinner;
    private readonly Waiting _sendWaiting = new();
    private readonly Waiting _receiveWaiting = new();
    private readonly long _bell;
    private ChannelGate _sending;
    private ChannelGate _receiving;
    private ChannelGate _ringing;
    private ChannelGate _closing;
    private volatile bool _isPeerGone;
    private volatile bool _isDisposed;
    private volatile Exception? _failure;
    private bool _isClosing;
    private bool _isReleased;

    private unsafe SharedChannel(
        string name, int peerProcessId, UnixSocket socket, MappedMemory memory, in ChannelOffer offer, TimeSpan spinBudget, bool isListener)
    {
        Name = name;
        PeerProcessId = peerProcessId;
        MaximumMessageLength = offer.MaximumMessageLength;
        _socket = socket;
        _memory = memory;
        var start = (byte*)memory.Words;
        var (outgoing, incoming) = isListener ? (0, 1) : (1, 0);
        _writer = new RingWriter(
            start + (outgoing * RingLayout.ControlSize), start + RingLayout.DataStart + ((long)outgoing * offer.Capacity), offer.Capacity);
        _reader = new RingReader(
            start + (incoming * RingLayout.ControlSize), start + RingLayout.DataStart + ((long)incoming * offer.Capacity), offer.Capacity);
        _writer.Own.Open();
        _reader.Own.Open();
        _incoming = new IncomingMessage(offer.MaximumMessageLength);
        _sendSpinner = NewSpinner(spinBudget);
        _receiveSpinner = NewSpinner(spinBudget);
        _bell = Doorbell.Register(socket.Handle, this);
    }

    /// <summary>The name under which the listener listens.</summary>
    public string Name { get; }

    /// <summary>The id of the process at the other end, as this process sees it; 0 if it is of a pid namespace that cannot be seen from here.</summary>
    public int PeerProcessId { get; }

    /// <summary>The length of the longest message that can be sent.</summary>
    public int MaximumMessageLength { get; }

    /// <summary>What both processes can write.</summary>
    internal MappedMemory Memory => _memory;

    /// <summary>Connects to the process of this user that listens under a name, once that accepts.</summary>
    /// <param name="name">The listener's name.</param>
    /// <param name="options">How to wait, and how long a message may be; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the listener to accept.</param>
    /// <exception cref="NoSuchChannelException">Nobody listens under the name, or the listener has ended before it accepted.</exception>
    /// <exception cref="SharedMemoryException">
    /// The listener is of another user, or offers what this process does not take; or the system refuses memory or sockets.
    /// </exception>
    /// <exception cref="ArgumentException">The name is empty, or too long for the path of a socket (some 60 characters).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async ValueTask<SharedChannel> ConnectAsync(
        string name, SharedChannelOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = ChannelNames.PathOf(SegmentDirectory.Prepare(null), name);
        return await ConnectToAsync(name, path, options ?? SharedChannelOptions.Default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the channel: the other side can still receive what was sent, and then learns that this was the end. Who sends or waits here gets an
    /// <see cref="ObjectDisposedException"/>. A message that was sent in part only is lost, and the other side gets a
    /// <see cref="ConnectionLostException"/>.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    internal static async ValueTask<SharedChannel> ConnectToAsync(
        string name, string path, SharedChannelOptions options, CancellationToken cancellationToken)
    {
        var socket = UnixSocket.TryConnect(path, out var error) ?? throw Unreachable(name, path, error);
        try
        {
            var peer = ReadPeer(socket) ?? throw new SharedMemoryException($"Who listens at {path} is another user, or cannot be told: the channel '{name}' is not opened.");
            using var readiness = new Readiness(socket);
            while (true)
            {
                switch (socket.TryReceive<ChannelOffer>(out var offer, out var descriptor))
                {
                    case true when descriptor is not null:
                        using (descriptor)
                        {
                            readiness.Dispose();
                            return Open(name, peer.ProcessId, socket, offer, descriptor, options);
                        }

                    case null:
                        await readiness.WaitAsync(cancellationToken).ConfigureAwait(false);
                        cancellationToken.ThrowIfCancellationRequested();
                        break;
                    default:
                        descriptor?.Dispose();
                        throw new NoSuchChannelException($"The process {peer.ProcessId} that listened under '{name}' has ended before it accepted this connection.");
                }
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes the memory, and sends it to one who has connected; null if he is another user, or has gone.</summary>
    internal static SharedChannel? TryAccept(string name, UnixSocket socket, SharedChannelOptions options)
    {
        SharedChannel? channel = null;
        try
        {
            if (ReadPeer(socket) is not { } peer)
            {
                return null;
            }

            var offer = new ChannelOffer(options);
            var size = RingLayout.SizeOf(offer.Capacity);
            using var file = AnonymousMemory.Create(size);
            if (!socket.TrySend(offer, file))
            {
                return null;
            }

            channel = new SharedChannel(name, peer.ProcessId, socket, new MappedMemory(file, size), offer, options.SpinBudget, isListener: true);
            return channel;
        }
        finally
        {
            if (channel is null)
            {
                socket.Dispose();
            }
        }
    }

    private static SharedChannel Open(
        string name, int peerProcessId, UnixSocket socket, in ChannelOffer offer, SafeFileHandle file, SharedChannelOptions options)
    {
        var fault = offer.FindFault(options);
        if (fault is null && !AnonymousMemory.IsSound(file, RingLayout.SizeOf(offer.Capacity)))
        {
            fault = "what it sends is not memory of the size that it tells, or it could shorten it";
        }

        return fault is null
            ? new SharedChannel(
                name, peerProcessId, socket, new MappedMemory(file, RingLayout.SizeOf(offer.Capacity)), offer, options.SpinBudget, isListener: false)
            : throw new SharedMemoryException($"The process {peerProcessId} that listens under '{name}' cannot be believed: {fault}.");
    }

    // The kernel tells who it was, whatever the modes of files may allow.
    private static SocketCalls.Credentials? ReadPeer(UnixSocket socket) =>
        socket.ReadPeer() is var peer && peer.User == Libc.GetUser() ? peer : null;

    private static Exception Unreachable(string name, string path, int error) => error switch
    {
        Libc.NoSuchEntry => new NoSuchChannelException($"Nobody listens under '{name}' (there is no {path}). Start the process that does, or wait until it has."),
        SocketCalls.ConnectionRefused => new NoSuchChannelException($"The process that listened under '{name}' has ended without removing {path}. Start it again."),
        SocketCalls.TryAgain => new NoSuchChannelException($"The process that listens under '{name}' does not accept connections: thousands wait for it already."),
        _ => new SharedMemoryException($"The channel '{name}' cannot be opened at {path}: {new System.ComponentModel.Win32Exception(error).Message}."),
    };

    // The answer of one who is awake takes less than a microsecond: so look often. And try again soon: after a pause between two bursts of
    // messages, sleeping costs each of the next ones many times what it takes.
    private static Spinner NewSpinner(TimeSpan budget) => new(budget, pauses: 1, quickLooks: 1000, restAfterMisses: 8);
}
