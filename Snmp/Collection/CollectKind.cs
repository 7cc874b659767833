namespace Connections.Snmp.Collection;

/// <summary>How a <see cref="CollectShape"/> asks. The numbers stand in blocks.</summary>
public enum CollectKind : byte
{
    /// <summary>The roots are instances, fetched by GET.</summary>
    Get = 1,

    /// <summary>All instances under the roots are wanted.</summary>
    Walk = 2,
}
