using System.Diagnostics.Metrics;

namespace Connections.Snmp.Engine;

/// <summary>An engine's counters as instruments of the meter <c>Connections</c>; they cost nothing until somebody listens.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new("Connections");

    internal EngineMetrics(SnmpEngine engine)
    {
        Count("connections.snmp.requests", "{request}", () => engine.Statistics.Requests);
        Count("connections.snmp.retransmissions", "{request}", () => engine.Statistics.Retransmissions);
        Count("connections.snmp.responses", "{response}", () => engine.Statistics.Responses);
        Count("connections.snmp.timeouts", "{request}", () => engine.Statistics.Timeouts);
        Count("connections.snmp.late", "{packet}", () => engine.Statistics.Late);
        Count("connections.snmp.foreign", "{packet}", () => engine.Statistics.Foreign);
        Count("connections.snmp.unparsable", "{packet}", () => engine.Statistics.Unparsable);
        Count("connections.snmp.discoveries", "{packet}", () => engine.Statistics.Discoveries);
        Count("connections.snmp.reports", "{packet}", () => engine.Statistics.Reports);
        Count("connections.snmp.combined", "{request}", () => engine.Statistics.Combined);
        Count("connections.snmp.sent", "By", () => engine.Statistics.BytesSent);
        Count("connections.snmp.received", "By", () => engine.Statistics.BytesReceived);
        _meter.CreateObservableUpDownCounter("connections.snmp.in_flight", () => engine.Statistics.InFlight, "{request}");
    }

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string unit, Func<long> read) => _meter.CreateObservableCounter(name, read, unit);
}
