using System.Text;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Processes;

/// <summary>Makes of a worker's answer what the engine understands, or the error that it tells.</summary>
internal static class AgentReply
{
    /// <exception cref="SnmpAuthenticationException">The agent refused the user by a Report.</exception>
    /// <exception cref="SnmpException">The agent refused the request by a Report, or the library cannot carry it out.</exception>
    internal static ExchangeReply Judge(SnmpTarget agent, ReadOnlyMemory<byte> reply)
    {
        var outcome = WorkerReply.Read(reply, out var content);
        return outcome switch
        {
            WorkerOutcome.Answered => new(ExchangeOutcome.Answered, content),
            WorkerOutcome.Reported => throw SnmpAuthenticationException.From(agent, OutcomeOf(content.Span)),
            WorkerOutcome.TimedOut => new(ExchangeOutcome.TimedOut, default, SilenceHint(agent)),
            WorkerOutcome.Lost => new(ExchangeOutcome.Lost, default, LostHint(content.Span)),
            _ => throw new SnmpException($"{agent}: Net-SNMP cannot carry out the request: {Encoding.UTF8.GetString(content.Span).TrimEnd('.')}.")
            {
                Device = agent.Device,
                Alias = agent.Alias,
            },
        };
    }

    private static string SilenceHint(SnmpTarget agent) => agent.Options.User is { } user
        ? $"user '{user.Name}': {TimeoutHint.CausesOfSilence(user)}"
        : "the host may be down, a firewall may drop the packets, or the community may be wrong, which agents answer with silence";

    private static string LostHint(ReadOnlySpan<byte> reason) =>
        $"the connection was refused or ended before an answer came ({Encoding.UTF8.GetString(reason)}); what was to be set may be set all the same, and an agent "
        + "may close on whom it does not serve";

    private static UsmOutcome OutcomeOf(ReadOnlySpan<byte> report)
    {
        _ = SnmpMessageReader.TryRead(report, out var header);
        return ReportCounters.Identify(header) switch
        {
            ReportKind.UnsupportedSecurityLevel => UsmOutcome.UnsupportedSecurityLevel,
            ReportKind.NotInTimeWindow => UsmOutcome.NotInTimeWindow,
            ReportKind.UnknownUserName => UsmOutcome.UnknownUserName,
            ReportKind.UnknownEngineId => UsmOutcome.UnknownEngineId,
            ReportKind.WrongDigest => UsmOutcome.WrongDigest,
            ReportKind.DecryptionError => UsmOutcome.DecryptionError,
            ReportKind.UnknownContext => UsmOutcome.UnknownContext,
            ReportKind.UnavailableContext => UsmOutcome.UnavailableContext,
            _ => UsmOutcome.OtherReport,
        };
    }
}
