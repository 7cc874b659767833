namespace Connections.Native.Rpc.Hosting;

/// <summary>How a service of a <see cref="ServiceHost"/> stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HostProcessId">The process that looks after it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Processes">How many processes serve it.</param>
/// <param name="Busy">How many calls are being served.</param>
/// <param name="Waiting">How many calls wait.</param>
public sealed record ServiceStatus(string Name, int HostProcessId, DateTimeOffset Since, int Processes, int Busy, int Waiting)
{
    /// <summary>How many calls were served.</summary>
    public long Served { get; init; }
}
