using System.Diagnostics;
using System.Globalization;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>The two processes of the calls: one answers, and counts what comes one way; the other one asks, and times it.</summary>
internal static class CallPlayers
{
    private const string OneWay = "one-way";

    /// <summary>Answers by every candidate, and by a channel of its own receives what comes one way: as many as it is told, line by line.</summary>
    public static void Echo(string name)
    {
        using var oneWay = new ChannelCalls(name + OneWay, isEcho: true);
        foreach (var candidate in CallCandidate.All(name, isEcho: true))
        {
            new Thread(() => AnswerUntilTheEnd(candidate)) { IsBackground = true }.Start();
        }

        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            var messages = int.Parse(line, CultureInfo.InvariantCulture);
            oneWay.ReceiveAsync(1).GetAwaiter().GetResult();
            var began = Stopwatch.GetTimestamp();
            oneWay.ReceiveAsync(messages).GetAwaiter().GetResult();
            Write(Stopwatch.GetElapsedTime(began).TotalNanoseconds / messages);
        }
    }

    /// <summary>Told the number of a candidate and how often, it tells the median of the times and the 99th percentile; told a number alone, it sends one way.</summary>
    public static void Call(string name)
    {
        using var oneWay = new ChannelCalls(name + OneWay, isEcho: false);
        var candidates = CallCandidate.All(name, isEcho: false);
        Console.WriteLine("ready");
        while (Console.ReadLine()?.Split(' ') is { } words)
        {
            var count = int.Parse(words[^1], CultureInfo.InvariantCulture);
            if (words.Length == 1)
            {
                oneWay.Send(count + 1);
                continue;
            }

            var times = Time(candidates[int.Parse(words[0], CultureInfo.InvariantCulture)], count);
            Write(times[count / 2], times[count * 99L / 100]);
        }
    }

    private static long[] Time(CallCandidate candidate, int count)
    {
        var times = new long[count];
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            candidate.Call();
            var ended = Stopwatch.GetTimestamp();
            times[i] = ended - began;
            began = ended;
        }

        Array.Sort(times);
        return times;
    }

    private static void AnswerUntilTheEnd(CallCandidate candidate)
    {
        try
        {
            candidate.Echo();
        }
        catch (Exception) when (Environment.HasShutdownStarted)
        {
            // The other process was first to end.
        }
    }

    private static void Write(params IEnumerable<double> numbers) =>
        Console.WriteLine(string.Join(' ', numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture))));

    private static void Write(long first, long second) => Write((double)first, second);
}
