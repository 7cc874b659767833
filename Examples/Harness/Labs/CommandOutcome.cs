using Connections.Pools;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Labs;

/// <summary>What a command on a device gave.</summary>
internal sealed record CommandOutcome
{
    /// <summary>The values, of an SNMP operation.</summary>
    internal IReadOnlyList<VarBind> VarBinds { get; init; } = [];

    /// <summary>What a terminal printed; null of an SNMP operation.</summary>
    internal string? Printed { get; init; }

    /// <summary>The order of asking among all that the pool served, from 1; 0 where there is no pool.</summary>
    internal long Ticket { get; private init; }

    /// <summary>How long it waited for a free worker.</summary>
    internal TimeSpan Queued { get; private init; }

    /// <summary>How long the device took.</summary>
    internal TimeSpan Took { get; private init; }

    /// <summary>The order in which it got its worker.</summary>
    internal long GrantOrder { get; private init; }

    /// <summary>The same, with how it was served.</summary>
    internal CommandOutcome By<TClient>(ConnectionLease<TClient> lease, TimeSpan took)
        where TClient : class => this with
        {
            Ticket = lease.Ticket,
            Queued = lease.Queued,
            Took = took,
            GrantOrder = lease.GrantOrder,
        };
}
