using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>What a block holds, as plain objects.</summary>
public sealed record BlockContent(RequestContent[] Requests, RunContent[] Runs)
{
    /// <summary>The rows that a reader must find.</summary>
    public IEnumerable<(string Id, DateTimeOffset Timestamp, int Root, OidIndex Index, SnmpValue Value)> Rows() =>
        from run in Runs
        from record in run.Records
        let request = Requests[run.Request]
        select (request.Id, run.Timestamp, record.Root % request.Shape.Roots.Count, record.Index, record.Value);

    /// <summary>Writes it all into one block.</summary>
    public ResultBlock Write(bool isCompressed = false, long sequence = 0)
    {
        using var writer = new ResultBlockWriter();
        foreach (var request in Requests)
        {
            var number = writer.AddRequest(request.Id, request.Target, request.Shape);
            if (request.Result is { } result)
            {
                writer.AddResult(number, result);
            }
        }

        foreach (var run in Runs)
        {
            writer.BeginRun(run.Request, run.Timestamp);
            foreach (var (root, index, value) in run.Records)
            {
                writer.Add(root % Requests[run.Request].Shape.Roots.Count, index, value);
            }

            writer.EndRun();
        }

        return writer.Complete(sequence, isCompressed);
    }
}

/// <summary>A request of a block.</summary>
public sealed record RequestContent(string Id, string Target, CollectShape Shape, RequestResult? Result);

/// <summary>A run of a block.</summary>
public sealed record RunContent(int Request, DateTimeOffset Timestamp, (int Root, OidIndex Index, SnmpValue Value)[] Records);
