using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

/// <summary>A datagram socket over <c>recvmmsg</c> and <c>sendmmsg</c>: one system call for a whole batch, no allocation.</summary>
internal sealed unsafe partial class LinuxDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly SafeHandle _handle;
    private volatile bool _hasErrors;
    private readonly bool _reportsLocalAddress;
    private readonly bool _isV6;
    private volatile bool _mayFragment;

    internal LinuxDatagramSocket(DatagramSocketOptions options)
    {
        var family = options.LocalEndPoint.AddressFamily;
        _isV6 = family == AddressFamily.InterNetworkV6;
        _reportsLocalAddress = options.ReportsLocalAddress;
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Configure(options);
            _socket.Bind(options.LocalEndPoint);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        ReceiveBufferSize = _socket.ReceiveBufferSize;
        _handle = _socket.SafeHandle;
    }

    public IPEndPoint LocalEndPoint { get; }

    public int ReceiveBufferSize { get; }

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>The poller saw an error; reading the queue on suspicion would cost a call a round.</summary>
    internal void NoteError() => _hasErrors = true;

    public void Dispose() => _socket.Dispose();

    private void Configure(DatagramSocketOptions options)
    {
        if (_isV6)
        {
            _socket.DualMode = false;
        }

        _socket.ReceiveBufferSize = options.ReceiveBufferSize;
        _socket.SendBufferSize = options.SendBufferSize;
        var level = _isV6 ? Libc.IPPROTO_IPV6 : Libc.IPPROTO_IP;
        if (options.ReportsLocalAddress)
        {
            SetFlag(level, _isV6 ? Libc.IPV6_RECVPKTINFO : Libc.IP_PKTINFO);
        }

        if (options.ReportsErrors)
        {
            SetFlag(level, _isV6 ? Libc.IPV6_RECVERR : Libc.IP_RECVERR);
        }

        if (!_isV6)
        {
            // What is never cut up needs no identification, which costs the kernel a shared counter for each packet.
            SetOption(level, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_DO);
        }

        if (options.LoopbackOnly)
        {
            _socket.SetRawSocketOption(Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, "lo\0"u8);
        }
    }

    private void SetFlag(int level, int name) => SetOption(level, name, 1);

    private void SetOption(int level, int name, int value) =>
        _socket.SetRawSocketOption(level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    private static IOException Failed(string call, int errno) =>
        new($"{call} failed on a UDP socket: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).");
}
