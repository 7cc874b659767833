using System.Buffers.Binary;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>
/// Writes a trace as a pcap file, which tcpdump and Wireshark read: nanosecond times, and an IP and a UDP header made up around each message, whatever it really
/// travelled in. Such a file holds communities in clear. Where the agent listens on another port than 161, tell the reader that it is SNMP (<c>tcpdump -T snmp</c>).
/// Thread-safe.
/// </summary>
public sealed class PcapTraceWriter : ISnmpTraceSink
{
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const int MajorVersion = 2;
    private const int MinorVersion = 4;
    private const int LongestPacket = 0x4_0000;

    // LINKTYPE_RAW: a packet begins with its IP header, whose first octet says which version it is.
    private const int RawIp = 101;
    private const int FileHeaderSize = 24;
    private const int RecordHeaderSize = 16;

    private readonly Lock _gate = new();
    private readonly Stream _stream;

    /// <summary>Writes to a stream, which begins with the file's header at once.</summary>
    /// <param name="stream">It is not disposed.</param>
    public PcapTraceWriter(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        Span<byte> header = stackalloc byte[FileHeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], MinorVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], LongestPacket);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], RawIp);
        _stream.Write(header);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(SnmpDatagram datagram)
    {
        ArgumentNullException.ThrowIfNull(datagram);
        var (source, destination) = datagram.IsSent ? (datagram.Local, datagram.Device) : (datagram.Device, datagram.Local);
        var packet = PacketHeaders.Around(datagram.Octets.Span, source, destination);
        var sinceEpoch = datagram.Time - DateTimeOffset.UnixEpoch;
        Span<byte> record = stackalloc byte[RecordHeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(sinceEpoch.Ticks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(sinceEpoch.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], packet.Length);
        lock (_gate)
        {
            _stream.Write(record);
            _stream.Write(packet);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync()
    {
        lock (_gate)
        {
            _stream.Flush();
        }

        return ValueTask.CompletedTask;
    }
}
