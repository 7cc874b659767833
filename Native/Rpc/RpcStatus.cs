using Connections.Native.Rpc.Arbitration;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Rpc;

/// <summary>Who serves at an address in shared memory, and how many calls wait there, as it was at a moment.</summary>
/// <param name="Servers">The servers; also those that have died, until somebody has noticed.</param>
/// <param name="Waiting">How many calls, of all processes, wait for a free server.</param>
public sealed record RpcStatus(IReadOnlyList<RpcServerStatus> Servers, int Waiting)
{
    /// <summary>Looks at an address, without taking part in it.</summary>
    /// <param name="address"><c>shm://name</c>.</param>
    /// <returns>No servers and nobody waiting, if there is nothing.</returns>
    /// <exception cref="FormatException">It is no address.</exception>
    /// <exception cref="ArgumentException">It is not in shared memory.</exception>
    /// <exception cref="SharedMemoryException">What is there cannot be read.</exception>
    public static unsafe RpcStatus Of(string address)
    {
        var name = RpcAddress.Parse(address).Name
            ?? throw new ArgumentException($"{address} is not in shared memory: ask its server.", nameof(address));
        var path = SegmentDirectory.FileOf(SegmentDirectory.Prepare(null), name, SharedRegistry.Extension);
        using var segment = Segment.TryOpen(path, RegistryLayout.Kind, RegistryLayout.Size);
        if (segment is null)
        {
            return new RpcStatus([], 0);
        }

        var words = new ulong[RegistryLayout.Words];
        new ReadOnlySpan<ulong>(segment.Memory.Words, words.Length).CopyTo(words);
        GC.KeepAlive(segment.Memory);
        return new RpcStatus([.. Enumerable.Range(0, RegistryLayout.MostServers).Where(server => words[RegistryLayout.Server(server)] != 0).Select(server => StatusOf(words, server))], Registry.CountWaiting(word => words[word]));
    }

    private static RpcServerStatus StatusOf(ulong[] words, int server)
    {
        var capacity = (int)Math.Min(words[RegistryLayout.Capacity(server)], RegistryLayout.MostSeats);
        var running = Enumerable.Range(0, capacity).Count(seat => new SeatWord(words[RegistryLayout.Seat(server, seat)]).State == SeatState.Running);
        return new RpcServerStatus(
            PackedIdentity.Unpack(words[RegistryLayout.Server(server)]).ProcessId, capacity, running, words[RegistryLayout.IsClosing(server)] != 0);
    }
}
