using System.Diagnostics;
using System.Globalization;

namespace Connections.Benchmarks.Ipc;

/// <summary>The task of a process that uses the locks: told the number of a candidate and how often, it tells how long that took.</summary>
internal static class Player
{
    public static void Run(string name)
    {
        var candidates = MachineLockCandidate.All(name);
        Console.WriteLine("ready");
        while (Console.ReadLine()?.Split(' ') is [var index, var times])
        {
            var began = Stopwatch.GetTimestamp();
            candidates[int.Parse(index, CultureInfo.InvariantCulture)].Use(int.Parse(times, CultureInfo.InvariantCulture));
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalNanoseconds.ToString(CultureInfo.InvariantCulture));
        }

        Array.ForEach(candidates, static candidate => candidate.Dispose());
    }
}
