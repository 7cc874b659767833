using System.Runtime.Versioning;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;
using Connections.Native.SharedMemory;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.Sync;
using Connections.Native.Tests.SharedMemory;

namespace Connections.Native.Tests.Rpc.Hostility;

/// <summary>Calls the server of a workbench as no honest client does, with a seat that it has claimed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class HostileClient : IAsyncDisposable
{
    /// <summary>The longest message that the server is to take.</summary>
    public const int Longest = 64 * 1024;

    private const uint NoMethod = 0x1234;

    private static readonly HashSet<ulong> None = [];
    private static readonly SharedChannelOptions Options = new() { MaximumMessageLength = Longest };
    private static readonly RpcContract Contract = RpcContracts.Of<IWorkbench>().Contract;

    private static readonly ulong Wanted = ContractWord.Of(Contract);

    private static readonly int[] WordsThatMatter =
    [
        RingLayout.Tail, RingLayout.ControlSize + RingLayout.Tail, RingLayout.Head, RingLayout.ControlSize + RingLayout.Head, RingLayout.Ended,
        .. Enumerable.Range(0, 32).Select(static line => RingLayout.DataStart + (64 * line)),
    ];

    private readonly IReadOnlyList<byte[]> _calls;
    private readonly Random _random;
    private readonly SharedRegistry _registry;
    private readonly int _client;
    private SharedChannel? _channel;
    private uint _lastCall;

    /// <param name="address">The server's.</param>
    /// <param name="calls">Calls as an honest client sends them.</param>
    /// <param name="random">What it does.</param>
    public HostileClient(string address, IReadOnlyList<byte[]> calls, Random random)
    {
        _calls = calls;
        _random = random;
        _registry = SharedRegistry.Open(
            RpcAddress.Parse(address).Name!, 0, static (registry, _) => registry.JoinAsClient(PackedIdentity.Current), out _client);
    }

    /// <summary>How many calls were answered with a result, or with what the implementation threw.</summary>
    public int Served { get; private set; }

    /// <summary>How often the channel has ended.</summary>
    public int Ends { get; private set; }

    /// <summary>Sends a call that is right or wrong, or something else, and hears what comes of it.</summary>
    public async Task PlayAsync()
    {
        _channel ??= await ConnectAsync();
        var claim = _registry.Protocol.TryClaim(_client, Wanted, 0, None);
        var isTampered = _random.Next(16) == 0;
        if (isTampered)
        {
            Tamper();
        }

        // What was changed in the memory may keep the server from ever seeing what is sent: nobody waits for an answer then.
        if (!await TrySendAsync(Mutation.Of(NewCall(claim), _random)) || isTampered || !await TrySettleAsync())
        {
            await EndAsync();
        }

        if (claim is { } unused)
        {
            _registry.Protocol.Free(unused.Server, unused.Seat, unused.Word);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _registry.Leave(registry => registry.LeaveAsClient(_client));
    }

    private async Task<SharedChannel> ConnectAsync()
    {
        var name = SharedMessageListener.NameOf(_registry.Protocol.Instances().Single());
        var channel = await SharedChannel.ConnectAsync(name, Options).BoundedAsync();
        var hello = Mutation.Message(new Frame(FrameKind.Hello, 0, Protocol.Version), TextBody.Write((uint)Contract.Version, Contract.Name));
        await channel.SendAsync(_random.Next(8) == 0 ? Mutation.Of(hello, _random) : hello);
        return channel;
    }

    private byte[] NewCall(SeatClaim? claim)
    {
        var call = _calls[_random.Next(_calls.Count)];
        var frame = Frame.Read(call);
        var kind = _random.Next(8) == 0 ? (FrameKind)_random.Next((int)FrameKind.Hello, (int)FrameKind.Credit + 1) : FrameKind.Call;
        var id = kind == FrameKind.Call ? ++_lastCall : _lastCall;
        return Mutation.Message(frame with { Kind = kind, Call = id, Seat = (uint)(claim?.Seat ?? 0), Claim = claim?.Word.Bits ?? 0 }, call.AsSpan(Frame.Size));
    }

    private async Task<bool> TrySendAsync(byte[] message)
    {
        try
        {
            await _channel!.SendAsync(message).AsTask().BoundedAsync();
            return true;
        }
        catch (Exception error) when (error is ConnectionLostException or SharedMemoryException)
        {
            return false;
        }
    }

    // A call that no server serves is refused once all before it has been received. False if the channel ends.
    private async Task<bool> TrySettleAsync()
    {
        var last = ++_lastCall;
        if (!await TrySendAsync(Mutation.Message(new Frame(FrameKind.Call, last, NoMethod), [])))
        {
            return false;
        }

        try
        {
            while (await _channel!.ReceiveAsync().BoundedAsync() is { } message)
            {
                var frame = Frame.Read(message.Span);
                Served += frame.Kind is FrameKind.Result or FrameKind.Failure or FrameKind.Item ? 1 : 0;
                if (frame.Call == last)
                {
                    return true;
                }
            }
        }
        catch (ConnectionLostException)
        {
            // As good as its end.
        }

        return false;
    }

    private unsafe void Tamper() =>
        Scribble.Over(new Span<byte>(_channel!.Memory.Words, RingLayout.SizeOf(Options.Capacity)), WordsThatMatter, _random);

    private async ValueTask EndAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync();
            _channel = null;
            Ends++;
        }
    }
}
