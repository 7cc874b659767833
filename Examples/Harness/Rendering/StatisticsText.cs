using System.Globalization;
using Connections.Snmp.Engine;

namespace Connections.Harness.Rendering;

/// <summary>What became of the packets to and from each device, a line for each.</summary>
internal static class StatisticsText
{
    /// <summary>Prints it: beside the results where these are JSON, else to standard error, so that the results stay what they are.</summary>
    internal static void Print(IEnumerable<SnmpDeviceStatistics> devices, Output output)
    {
        foreach (var device in devices)
        {
            if (output.IsJson)
            {
                Output.Json(JsonText.Of(device));
            }
            else
            {
                Output.Remark(Of(device));
            }
        }
    }

    private static string Of(SnmpDeviceStatistics device)
    {
        var roundTrip = device is { ShortestRoundTrip: { } shortest, RoundTrip: { } usual, LongestRoundTrip: { } longest }
            ? $"round trip {ValueText.Of(shortest)} to {ValueText.Of(longest)}, usually {ValueText.Of(usual)}"
            : "no answer";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{device.EndPoint}: {device.Requests} requests, {device.Retransmissions} retransmissions, {device.Timeouts} timeouts, loss {device.Loss * 100:0.0} %, {roundTrip}, largest reply {device.LargestReply} octets");
    }
}
