using System.Diagnostics;
using System.Globalization;
using Connections.Native.SharedMemory;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>The two processes of the calls: one answers, and counts what comes one way; the other one asks, and times it.</summary>
internal static class CallPlayers
{
    private const string OneWay = "-one-way";

    /// <summary>
    /// Tells where it answers by every candidate, in a line. Then, told how many, it receives so many messages that come one way by a channel of
    /// their own, line by line, and tells the time of one.
    /// </summary>
    public static void Echo(string name)
    {
        using var oneWay = new ChannelEcho(name + OneWay);
        var accepting = oneWay.AcceptAsync();
        EchoSide[] sides = [.. CallCandidate.All.Select(candidate => candidate.Listen(name))];
        Array.ForEach(sides, static side => new Thread(() => RunUntilTheEnd(side)) { IsBackground = true }.Start());
        Console.WriteLine(string.Join(' ', sides.Select(static side => side.Place).Append(oneWay.Place)));
        while (Console.ReadLine() is { } line)
        {
            var messages = int.Parse(line, CultureInfo.InvariantCulture);
            var channel = accepting.GetAwaiter().GetResult();
            ReceiveAsync(channel, 1).GetAwaiter().GetResult();
            var began = Stopwatch.GetTimestamp();
            ReceiveAsync(channel, messages).GetAwaiter().GetResult();
            Write(Stopwatch.GetElapsedTime(began).TotalNanoseconds / messages);
        }

        Array.ForEach(sides, static side => side.Dispose());
    }

    /// <summary>
    /// Told the places, it connects. Then, told the number of a candidate and how often, it tells the median of the times and the 99th percentile;
    /// told a number alone, it sends one way.
    /// </summary>
    public static void Call(string places)
    {
        var words = places.Split(' ');
        CallSide[] sides = [.. CallCandidate.All.Select((candidate, index) => candidate.Connect(words[index]))];
        using var oneWay = new ChannelCalls(words[^1]);
        Console.WriteLine("ready");
        while (Console.ReadLine()?.Split(' ') is { } task)
        {
            var count = int.Parse(task[^1], CultureInfo.InvariantCulture);
            if (task.Length == 1)
            {
                oneWay.Send(count + 1);
                continue;
            }

            var times = Time(sides[int.Parse(task[0], CultureInfo.InvariantCulture)], count);
            Write(times[count / 2], times[count * 99L / 100]);
        }

        Array.ForEach(sides, static side => side.Dispose());
    }

    private static long[] Time(CallSide side, int count)
    {
        var times = new long[count];
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            side.Call();
            var ended = Stopwatch.GetTimestamp();
            times[i] = ended - began;
            began = ended;
        }

        Array.Sort(times);
        return times;
    }

    private static async Task ReceiveAsync(SharedChannel channel, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await channel.ReceiveAsync();
        }
    }

    private static void RunUntilTheEnd(EchoSide side)
    {
        try
        {
            side.Run();
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
