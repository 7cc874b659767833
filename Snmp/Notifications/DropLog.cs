using Connections.Snmp.Transport;
using Microsoft.Extensions.Logging;

namespace Connections.Snmp.Notifications;

/// <summary>Says what a listener drops, each reason at most once a minute, so that a flood of datagrams is none of lines. One thread uses it.</summary>
internal sealed partial class DropLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly (long Count, long? SaidAt)[] _reasons = new (long, long?)[Enum.GetValues<SnmpNotificationDrop>().Length];

    internal void Note(SnmpNotificationDrop reason, in DatagramEndPoint source)
    {
        ref var state = ref _reasons[(int)reason];
        state.Count++;
        if (state.SaidAt is not { } saidAt || time.GetElapsedTime(saidAt) >= Pause)
        {
            Dropped(logger, state.Count, reason, source.ToString());
            state = (0, time.GetTimestamp());
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} SNMP datagrams were dropped as {Reason}, the last from {Source}.")]
    private static partial void Dropped(ILogger logger, long count, SnmpNotificationDrop reason, string source);
}
