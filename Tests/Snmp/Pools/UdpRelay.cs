using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Pools;

/// <summary>
/// Stands between a manager and an agent, over IPv4 loopback, and sees every request and every answer. It passes requests on as they
/// come, and answers either at once or one by one, as the test lets them go.
/// </summary>
internal sealed class UdpRelay : IAsyncDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Oid> _requests = Channel.CreateUnbounded<Oid>();
    private readonly SemaphoreSlim _released;
    private readonly Task _running;
    private readonly Lock _mutex = new();
    private IPEndPoint? _manager;
    private int _inFlight;
    private int _maxInFlight;

    /// <summary>Starts to relay.</summary>
    /// <param name="agent">Where requests go.</param>
    /// <param name="holdsAnswers">Whether an answer waits for <see cref="ReleaseOne"/>.</param>
    public UdpRelay(IPEndPoint agent, bool holdsAnswers)
    {
        _released = new SemaphoreSlim(holdsAnswers ? 0 : int.MaxValue);
        _back.Connect(agent);
        _running = Task.WhenAll(PassRequestsAsync(), PassAnswersAsync());
    }

    /// <summary>Where the manager finds the relay.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_front.Client.LocalEndPoint!;

    /// <summary>How many requests are on their way, or wait for their answer.</summary>
    public int InFlight
    {
        get
        {
            lock (_mutex)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>The most requests that were ever in flight at one moment.</summary>
    public int MaxInFlight
    {
        get
        {
            lock (_mutex)
            {
                return _maxInFlight;
            }
        }
    }

    /// <summary>The last OID of the next request, in the order in which requests came.</summary>
    public Task<Oid> NextRequestAsync() => _requests.Reader.ReadAsync(_stop.Token).AsTask();

    /// <summary>Lets the oldest answer go that is held.</summary>
    public void ReleaseOne() => _released.Release();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
        _released.Dispose();
    }

    private async Task PassRequestsAsync()
    {
        while (true)
        {
            var request = await _front.ReceiveAsync(_stop.Token);
            lock (_mutex)
            {
                _manager = request.RemoteEndPoint;
                _maxInFlight = Math.Max(_maxInFlight, ++_inFlight);
            }

            _requests.Writer.TryWrite(LastOid(request.Buffer));
            await _back.SendAsync(request.Buffer, _stop.Token);
        }
    }

    private async Task PassAnswersAsync()
    {
        while (true)
        {
            var answer = await _back.ReceiveAsync(_stop.Token);
            await _released.WaitAsync(_stop.Token);
            IPEndPoint manager;
            lock (_mutex)
            {
                manager = _manager!;
                _inFlight--;
            }

            await _front.SendAsync(answer.Buffer, manager, _stop.Token);
        }
    }

    private static Oid LastOid(ReadOnlySpan<byte> datagram)
    {
        Assert.That(SnmpMessageReader.TryRead(datagram, out var header), Is.EqualTo(SnmpParseError.None));
        var last = default(VarBind);
        var varBinds = new VarBindReader(header.VarBinds);
        while (varBinds.TryRead(out var slice))
        {
            Assert.That(slice.TryToVarBind(out last), Is.EqualTo(SnmpParseError.None));
        }

        return last.Oid;
    }
}
