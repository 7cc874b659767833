using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>GETs of SNMPv3 with authentication (SHA) and privacy (AES-128) to a real snmpd.</summary>
internal static class SecuredBenchmark
{
    private const int InFlight = 16;
    private const string Awaited = "awaited through ISnmpClient";
    private const string Inline = "the same, inline continuations";
    private const string NetSnmp = "Net-SNMP's library";

    internal static async Task RunAsync(TextWriter output, BenchmarkArguments arguments, string port, Checklist checklist)
    {
        await using var agent = await Snmpd.StartAsync();
        var inFlight = InFlight.ToString(CultureInfo.InvariantCulture);
        await using var contest = await Contest.RunAsync(
            output,
            arguments,
            $"snmpd, authPriv (SHA, AES-128), {InFlight} GETs in flight",
            "GET",
            await Contender.OfPeerAsync(NetSnmp, Peer.NetSnmp, "secured", agent.Port, inFlight),
            Contender.Of(Awaited, "get-secured", agent.Port, inFlight),
            Contender.Of(Inline, "get-secured-inline", agent.Port, inFlight));
        checklist.AtMost(0.8, "x", "v3 authPriv GET: CPU beside Net-SNMP's", contest.Ratio(Awaited, NetSnmp, static sample => sample.Microseconds));
    }
}
