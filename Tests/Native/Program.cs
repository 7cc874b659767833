using System.Runtime.Versioning;
using Connections.Native.Tests.Rpc.Processes;
using Connections.Native.Tests.SharedMemory.Processes;
using Connections.Native.Tests.Sync.Processes;

namespace Connections.Native.Tests;

/// <summary>
/// The tests as a program: a process that does what it is told, line by line, with a lock or a channel (see <see cref="LockProcess"/>), or
/// with services (see <see cref="ServiceProcess"/>).
/// </summary>
[SupportedOSPlatform("linux")]
public static class Program
{
    /// <summary>Does what standard input says, until it ends.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["rpc", var role, var address])
        {
            return await ServiceSession.RunAsync(role, address);
        }

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
