namespace Connections.NetSnmp.Sharing;

/// <summary>How a shared pool stands.</summary>
/// <param name="Name">The device, the connection, and where it leads.</param>
/// <param name="ProcessId">The process that has it.</param>
/// <param name="Since">Since when it has it.</param>
public sealed record SharedPoolStatus(string Name, int ProcessId, DateTimeOffset Since)
{
    /// <summary>How many calls it serves at once; 0 while its process connects or stops.</summary>
    public int Size { get; init; }

    /// <summary>How many workers it has at the moment.</summary>
    public int Live { get; init; }

    /// <summary>How many calls are being served.</summary>
    public int Busy { get; init; }

    /// <summary>How many calls wait, of all processes.</summary>
    public int Waiting { get; init; }

    /// <summary>How many calls were served.</summary>
    public long Served { get; init; }
}
