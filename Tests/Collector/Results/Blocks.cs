using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Tests.Results;

/// <summary>Blocks for tests.</summary>
internal static class Blocks
{
    internal static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly CollectShape Column = new(CollectKind.Walk, [Oid.Parse("1.3.6.1.2.1.2.2.1.2")]);

    /// <summary>A block of one request with a row for each value, which ends with it.</summary>
    internal static ResultBlock Of(string id, params IReadOnlyList<SnmpValue> values) => Of(id, [], values);

    /// <summary>A block of one request that ended with errors.</summary>
    internal static ResultBlock Of(string id, IReadOnlyList<CollectError> errors, IReadOnlyList<SnmpValue> values)
    {
        using var writer = new ResultBlockWriter();
        var request = writer.AddRequest(id, "192.0.2.1", Column);
        writer.BeginRun(request, Noon);
        for (var row = 0; row < values.Count; row++)
        {
            writer.Add(0, new OidIndex((uint)row + 1), values[row]);
        }

        writer.EndRun();
        var outcome = errors.Count == 0 ? CollectOutcome.Succeeded : values.Count == 0 ? CollectOutcome.Failed : CollectOutcome.DoneWithErrors;
        writer.AddResult(request, new RequestResult(outcome, values.Count, Noon, TimeSpan.FromMilliseconds(5), errors));
        return writer.Complete(0);
    }

    internal static List<BlockRequest> Ended(ResultBlock block) => [.. block.Requests.Where(static request => request.Result is not null)];
}
