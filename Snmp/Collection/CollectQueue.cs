namespace Connections.Snmp.Collection;

/// <summary>The requests of one target: how many are carried out, and those that wait for their turn.</summary>
internal sealed class CollectQueue
{
    internal int Running { get; set; }

    internal Queue<CollectJob> Waiting { get; } = new(0);
}
