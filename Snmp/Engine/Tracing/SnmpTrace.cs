using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>
/// Everything that an engine sends to one device and receives from its address, on the way to a sink, until this is disposed. <see cref="SnmpEngine.StartTrace"/>
/// makes it. Thread-safe.
/// </summary>
public sealed class SnmpTrace : IAsyncDisposable
{
    // The engine never waits for a sink.
    private const int Room = 4_096;

    private readonly SnmpEngine _engine;
    private readonly ISnmpTraceSink _sink;
    private readonly TimeProvider _time;
    private readonly IPAddress _local;
    private readonly Channel<SnmpDatagram> _datagrams =
        Channel.CreateBounded<SnmpDatagram>(new BoundedChannelOptions(Room) { SingleReader = true });

    private readonly Task _writing;
    private long _dropped;

    internal SnmpTrace(SnmpEngine engine, IPEndPoint device, ISnmpTraceSink sink, TimeProvider time)
    {
        _engine = engine;
        _sink = sink;
        _time = time;
        Device = device;
        Address = DatagramEndPoint.From(device);
        _local = AddressTowards(device);
        _writing = WriteAllAsync();
    }

    /// <summary>The device.</summary>
    public IPEndPoint Device { get; }

    /// <summary>How many datagrams were left out because the sink was slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>What the sink threw; then nothing more is traced. <see langword="null"/> while all is well.</summary>
    public Exception? Failure { get; private set; }

    internal DatagramEndPoint Address { get; }

    /// <summary>Makes a copy of a datagram, with the present time.</summary>
    internal SnmpDatagram Catch(bool isSent, IPEndPoint local, ReadOnlySpan<byte> octets)
    {
        var isAnywhere = local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any);
        return new SnmpDatagram(
            _time.GetUtcNow(), isSent, isAnywhere ? new IPEndPoint(_local, local.Port) : local, Device, octets.ToArray());
    }

    /// <summary>Sends a datagram on its way to the sink. Any thread; never waits.</summary>
    internal void Add(SnmpDatagram datagram)
    {
        if (!_datagrams.Writer.TryWrite(datagram))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Ends the trace, once the sink has what was caught so far. The sink is not disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        _engine.EndTrace(this);
        _datagrams.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "Whatever a sink throws is kept, and logged, and ends its trace alone.")]
    private async Task WriteAllAsync()
    {
        try
        {
            while (await _datagrams.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_datagrams.Reader.TryRead(out var datagram))
                {
                    await _sink.WriteAsync(datagram).ConfigureAwait(false);
                }

                await _sink.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            Failure = error;
            _engine.EndTrace(this);
            _engine.NoteTraceFailed(this, error);
        }
    }

    /// <summary>The address that this machine has for the device; connecting a datagram socket asks the routes and sends nothing.</summary>
    private static IPAddress AddressTowards(IPEndPoint device)
    {
        try
        {
            using var socket = new Socket(device.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(device);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            // Without a route nothing is sent either; what may come from there is shown as come to any address.
            return device.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        }
    }
}
