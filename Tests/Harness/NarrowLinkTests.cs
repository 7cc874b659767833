using System.Diagnostics;
using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

/// <summary>A link that takes datagrams of 1,400 octets, in a network of its own: what is larger has to be cut up, both ways.</summary>
public class NarrowLinkTests
{
    private const int Columns = 22;
    private const int Interfaces = 8;

    // The agent says where it is once it listens; what it says of its end goes the same way, which stays open until then.
    private const string Script = """
        set -e
        ip link set lo up
        ip route add local 127.77.0.1 dev lo mtu lock 1400 table local
        connections=$1
        shift
        coproc AGENT { exec dotnet "$connections" agent --address 127.77.0.1 --port 16161 --interfaces 8 2>&1; }
        read -r _ <&"${AGENT[0]}"
        trap 'kill "$AGENT_PID"' EXIT
        dotnet "$connections" get 127.77.0.1:16161 -On "$@"
        """;

    [Test]
    public async Task Requests_and_replies_that_are_larger_than_a_datagram_of_the_link_arrive()
    {
        var names =
            from column in Enumerable.Range(1, Columns)
            from row in Enumerable.Range(1, Interfaces)
            select $"1.3.6.1.2.1.2.2.1.{column}.{row}";
        var asked = names.ToArray();
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--net", "bash", "-c", Script, "bash", typeof(Selection).Assembly.Location, .. asked])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That((process.ExitCode, await error), Is.EqualTo((0, "")));
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0].TrimStart('.')), Is.EqualTo(asked));
    }
}
