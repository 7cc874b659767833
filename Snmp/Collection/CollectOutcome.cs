namespace Connections.Snmp.Collection;

/// <summary>How a request of a collection ended. The numbers stand in blocks.</summary>
public enum CollectOutcome : byte
{
    /// <summary>Everything that the device has was collected.</summary>
    Succeeded = 1,

    /// <summary>Something was collected, and something is missing: the errors say what.</summary>
    DoneWithErrors = 2,

    /// <summary>Nothing was collected: the errors say why.</summary>
    Failed = 3,
}
