namespace Connections.Native.Rpc.Arbitration;

// How many calls were served since the name was first used; for people.
internal sealed partial class Registry
{
    private const int MostTriesToCount = 1_000;

    /// <summary>How many calls all servers have served.</summary>
    public ulong Served => Enumerable.Range(0, RegistryLayout.MostServers).Aggregate(0UL, (sum, server) => sum + memory.Read(RegistryLayout.Served(server)));

    /// <summary>A server has served a call. Only threads of that server count in its row, so that a few tries are enough.</summary>
    public void CountServed(int server)
    {
        var word = RegistryLayout.Served(server);
        for (var tries = 0; tries < MostTriesToCount; tries++)
        {
            var count = memory.Read(word);
            if (memory.TryReplace(word, count, count + 1))
            {
                return;
            }
        }
    }
}
