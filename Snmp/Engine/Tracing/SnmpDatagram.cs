using System.Net;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>A message on its way to or from a device, as a trace has it. Immutable.</summary>
/// <remarks>Its octets hold the community of SNMPv1 and SNMPv2c in clear; <see cref="Summary"/> masks it.</remarks>
public sealed class SnmpDatagram
{
    private string? _summary;

    internal SnmpDatagram(DateTimeOffset time, bool isSent, IPEndPoint local, IPEndPoint device, ReadOnlyMemory<byte> octets)
    {
        Time = time;
        IsSent = isSent;
        Local = local;
        Device = device;
        Octets = octets;
    }

    /// <summary>When it was handed to the system, or taken from it.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whether it went to the device; else it came from there.</summary>
    public bool IsSent { get; }

    /// <summary>Where this machine sends from and receives.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Where the device is.</summary>
    public IPEndPoint Device { get; }

    /// <summary>The message as it travels.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>
    /// What the message says, in one line: version, PDU, request-id, the first varbinds; of SNMPv3 the user, the engine and its clock. Of an encrypted PDU it says
    /// what the engine that sent it or could decrypt it knows. What is no SNMP says so.
    /// </summary>
    public string Summary => _summary ??= DatagramSummary.Of(Octets.Span, Decrypted);

    /// <summary>What an encrypted PDU says; <see langword="null"/> where that is not known.</summary>
    internal string? Decrypted { get; set; }

    /// <summary>Time in UTC, direction, the two ends, size and summary, in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z {(IsSent ? "sent to" : "received from")} {Device} at {Local}, {Octets.Length} octets: {Summary}");
}
