using Connections.Harness.Labs;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary>What an agent has, as a recording that names each variable once.</summary>
internal sealed class AgentRecording
{
    private static readonly string[] DefaultRoots = ["1.3.6.1"];

    private readonly Operation _walk;

    /// <exception cref="UsageException">A root is no OID, or within another one.</exception>
    internal AgentRecording(string device, string[] roots)
    {
        Device = device;
        _walk = Operation.WalkOf(roots.Length > 0 ? roots : DefaultRoots);
        RequireApart(_walk.Oids);
    }

    internal string Device { get; }

    /// <summary>Walks the agent and writes what it has.</summary>
    /// <returns>How many variables that are.</returns>
    /// <exception cref="ConnectionException">The device failed, or has nothing: an empty recording helps nobody, and a device that plays it is no device.</exception>
    internal async Task<long> WriteAsync(ISnmpClient client, TextWriter writer, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var varBind in _walk.RunAsync(client, cancellationToken))
        {
            await writer.WriteAsync($"{Snmprec.Format(varBind)}\n".AsMemory(), cancellationToken);
            count++;
            progress?.Report(count);
        }

        return count > 0
            ? count
            : throw new ConnectionException($"{Device} has nothing under {string.Join(", ", _walk.Oids)}, so there is nothing to record; choose another --root.") { Device = Device };
    }

    private static void RequireApart(IReadOnlyList<Oid> roots)
    {
        for (var i = 0; i < roots.Count; i++)
        {
            for (var j = 0; j < roots.Count; j++)
            {
                if (i != j && roots[i].StartsWith(roots[j]))
                {
                    throw new UsageException($"--root {roots[i]} is within --root {roots[j]}: leave it out.");
                }
            }
        }
    }
}
