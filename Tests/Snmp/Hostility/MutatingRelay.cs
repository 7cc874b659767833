using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Tests.Protocol;

namespace Connections.Snmp.Tests.Hostility;

/// <summary>
/// Stands between a manager and an agent, and sends mutated copies before, after and in place of the answers that pass; every tenth request is mutated too.
/// </summary>
internal sealed class MutatingRelay : IAsyncDisposable
{
    private const int LargestMessage = 65_507;
    private const int MostMutations = 8;
    private const int Silence = 8;

    private readonly Socket _front = OnLoopback();
    private readonly Socket _back = OnLoopback();
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly OctetMutator _mutator;
    private readonly OctetMutator _requestMutator;
    private readonly Task _running;
    private volatile EndPoint? _manager;
    private long _mutations;

    /// <param name="agent">Where requests go.</param>
    /// <param name="seed">Chooses the mutations.</param>
    public MutatingRelay(IPEndPoint agent, int seed)
    {
        _random = new Random(seed);
        _mutator = new OctetMutator(seed);
        _requestMutator = new OctetMutator(~seed);
        _back.Connect(agent);
        _running = Task.WhenAll(PassRequestsAsync(), PassAnswersAsync());
    }

    /// <summary>Where the manager finds the relay.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_front.LocalEndPoint!;

    /// <summary>How many mutated answers were sent.</summary>
    public long Mutations => Volatile.Read(ref _mutations);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private static Socket OnLoopback()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task PassRequestsAsync()
    {
        var request = new byte[LargestMessage];
        var mutated = new byte[LargestMessage];
        for (var count = 1; ; count++)
        {
            var received = await _front.ReceiveFromAsync(request, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            _manager = received.RemoteEndPoint;
            if (count % 10 == 0)
            {
                _back.Send(mutated.AsSpan(0, _requestMutator.Mutate(request.AsSpan(0, received.ReceivedBytes), mutated)));
            }

            _back.Send(request.AsSpan(0, received.ReceivedBytes));
        }
    }

    private async Task PassAnswersAsync()
    {
        var answer = new byte[LargestMessage];
        var mutated = new byte[LargestMessage];
        while (true)
        {
            var length = await _back.ReceiveAsync(answer, _stop.Token);
            Pass(answer.AsSpan(0, length), mutated, _manager!);
        }
    }

    private void Pass(ReadOnlySpan<byte> answer, Span<byte> mutated, EndPoint manager)
    {
        var count = _random.Next(MostMutations + 1);
        var isWholeAfter = _random.Next(Silence) == 0 ? -1 : _random.Next(count + 1);
        for (var i = 0; i <= count; i++)
        {
            if (i == isWholeAfter)
            {
                _front.SendTo(answer, manager);
            }

            if (i < count)
            {
                _front.SendTo(mutated[.._mutator.Mutate(answer, mutated)], manager);
                Volatile.Write(ref _mutations, _mutations + 1);
            }
        }
    }
}
