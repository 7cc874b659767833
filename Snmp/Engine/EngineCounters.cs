namespace Connections.Snmp.Engine;

/// <summary>The counters behind <see cref="SnmpEngineStatistics"/>. The I/O thread alone writes them, so plain additions suffice.</summary>
internal sealed class EngineCounters
{
    internal long Requests;
    internal long Retransmissions;
    internal long Responses;
    internal long Timeouts;
    internal long Late;
    internal long Foreign;
    internal long Unparsable;
    internal long Discoveries;
    internal long Reports;
    internal long Combined;
    internal long BytesSent;
    internal long BytesReceived;
}
