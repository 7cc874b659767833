using Connections.Snmp.Collection;

namespace Connections.Collector.Requests;

/// <summary>A request on its way, and how its source is told what became of it. One of the two is called, once.</summary>
internal abstract class RequestTicket(CollectRequest request)
{
    internal CollectRequest Request { get; } = request;

    /// <summary>Its results are safe: it need not be done again.</summary>
    internal abstract ValueTask AcknowledgeAsync();

    /// <summary>Its results are not safe: it is to be done again, here or elsewhere.</summary>
    internal abstract ValueTask ReleaseAsync();
}
