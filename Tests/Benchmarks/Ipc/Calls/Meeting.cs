namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>How two processes that start at once meet.</summary>
internal static class Meeting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Tries until the other process is there.</summary>
    public static T Retry<T>(Func<T> connect)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return connect();
            }
            catch (Exception) when (DateTime.UtcNow < until)
            {
                Thread.Sleep(10);
            }
        }
    }
}
