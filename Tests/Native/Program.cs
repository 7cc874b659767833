using Connections.Native.Tests.Sync.Processes;

namespace Connections.Native.Tests;

/// <summary>The tests as a program: a process that does with a lock what it is told, line by line. See <see cref="LockProcess"/>.</summary>
public static class Program
{
    /// <summary>Does what standard input says, until it ends.</summary>
    public static int Main()
    {
        using var session = new LockSession();
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(session.Answer(line.Split(' ')));
        }

        return 0;
    }
}
