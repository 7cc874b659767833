namespace Connections.Tests.Telnet;

/// <summary>Callers that share one connection at the same time, each with questions that only it asks.</summary>
internal static class ConcurrentCallers
{
    public const int Count = 8;

    private const int Rounds = 50;

    /// <summary>
    /// Lets every caller execute its commands, until all have their answers or one has another's. Gives the answers to the byte that
    /// were not those of their commands, in words.
    /// </summary>
    public static async Task<string[]> FindGarbledAnswersAsync(Func<string, CancellationToken, Task<string>> execute)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Count).Select(caller => Task.Run(() => CallAsync(caller, execute, stop))).ToArray();
        var garbled = await Task.WhenAll(callers).Within();
        return [.. garbled.OfType<string>()];
    }

    private static async Task<string?> CallAsync(
        int caller, Func<string, CancellationToken, Task<string>> execute, CancellationTokenSource stop)
    {
        for (var round = 0; round < Rounds; round++)
        {
            string answer;
            try
            {
                answer = await execute(Command(caller, round), stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return null;
            }

            if (answer != Answer(caller, round))
            {
                await stop.CancelAsync();
                return $"caller {caller} in round {round} got '{answer}'";
            }
        }

        return null;
    }

    // Three lines, each printed in pieces, so that an answer comes over the network in several.
    private static string Command(int caller, int round) =>
        $"for line in 1 2 3; do printf 'caller {caller} '; printf 'round {round} '; echo \"line $line\"; done";

    private static string Answer(int caller, int round) =>
        string.Join('\n', Enumerable.Range(1, 3).Select(line => $"caller {caller} round {round} line {line}"));
}
