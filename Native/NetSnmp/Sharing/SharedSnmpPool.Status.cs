using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;

namespace Connections.NetSnmp.Sharing;

// What is served on this machine, for people.
public sealed partial class SharedSnmpPool
{
    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(5);

    /// <summary>Lists the pools that processes of this user serve on this machine, by name. Of one whose process is connecting it, or does not answer, only that is known.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Native.SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IReadOnlyList<SharedPoolStatus>> ListAsync(CancellationToken cancellationToken = default)
    {
        var pools = new List<SharedPoolStatus>();
        foreach (var (name, owner) in Reservation.List(Kind))
        {
            pools.Add(await AskAsync(PoolName.Parse(name), new SharedPoolStatus(name, owner.Process.ProcessId, owner.Since), cancellationToken).ConfigureAwait(false));
        }

        return pools;
    }

    private static async Task<SharedPoolStatus> AskAsync(PoolName name, SharedPoolStatus known, CancellationToken cancellationToken)
    {
        var options = new RpcClientOptions { WaitForServer = TimeSpan.Zero, Timeout = StatusPatience };
        var control = new RpcClient(name.ControlAddress, options);
        await using var leaving = control.ConfigureAwait(false);
        try
        {
            var description = await control.Get<ISharedPoolControl>().DescribeAsync(cancellationToken).ConfigureAwait(false);
            using var queue = new RpcQueueView(name.Address);
            var (waiting, _, busy) = queue.Look();
            return known with { Size = description.Size, Live = description.Live, Busy = busy, Waiting = waiting, Served = description.Served };
        }
        catch (Exception error) when (error is NoServerException or ServerDiedException or RpcTimeoutException)
        {
            // It is not there yet, or no more.
            return known;
        }
    }
}
