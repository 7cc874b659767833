using Connections.Native.Tests.SharedMemory.Processes;
using Connections.Native.Tests.Sync.Processes;

namespace Connections.Native.Tests;

/// <summary>The tests as a program: a process that does with a lock, or a channel, what it is told, line by line. See <see cref="LockProcess"/>.</summary>
public static class Program
{
    /// <summary>Does what standard input says, until it ends.</summary>
    public static int Main()
    {
        using var session = new LockSession();
        using var channels = new ChannelSession();
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            Console.WriteLine(words[0] == "channel" ? channels.Answer(words[1..]) : session.Answer(words));
        }

        return 0;
    }
}
