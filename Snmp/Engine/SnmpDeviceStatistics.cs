using System.Net;

namespace Connections.Snmp.Engine;

/// <summary>What an engine has seen of one device since it first spoke to it.</summary>
/// <param name="EndPoint">Where the device is.</param>
/// <param name="Requests">Requests, retransmissions not counted; each page of a walk is one.</param>
/// <param name="Retransmissions">Requests sent again.</param>
/// <param name="Responses">Responses that answered a request.</param>
/// <param name="Timeouts">Requests that no response came to, for all retransmissions.</param>
/// <param name="InFlight">Requests sent and neither answered nor given up now.</param>
/// <param name="IsSilent">Whether the last request got no answer at all; then one at a time is sent.</param>
/// <param name="ShortestRoundTrip">The shortest time from a request to its response; null while there was none.</param>
/// <param name="LongestRoundTrip">The longest one.</param>
/// <param name="RoundTrip">The usual one, smoothed as in RFC 6298.</param>
/// <param name="LargestReply">The largest reply that arrived whole, in octets.</param>
public sealed record SnmpDeviceStatistics(
    IPEndPoint EndPoint,
    long Requests,
    long Retransmissions,
    long Responses,
    long Timeouts,
    int InFlight,
    bool IsSilent,
    TimeSpan? ShortestRoundTrip,
    TimeSpan? LongestRoundTrip,
    TimeSpan? RoundTrip,
    int LargestReply)
{
    /// <summary>The part of all packets sent that nothing answered, from 0 to 1; those still in flight are left out.</summary>
    public double Loss
    {
        get
        {
            var sent = Math.Max(Requests + Retransmissions - InFlight, 0);
            return sent == 0 ? 0 : Math.Clamp((double)(sent - Responses) / sent, 0, 1);
        }
    }
}
