using System.Text.Json.Nodes;
using Connections.Collector.Results;
using Connections.Harness.Rendering;
using Connections.Snmp.Collection;

namespace Connections.Harness.Commands;

/// <summary>Blocks on their way into a sink, and what came of their requests.</summary>
internal sealed class CollectionRun(IResultSink sink)
{
    private readonly List<(string Device, string Error)> _failures = [];
    private readonly long[] _outcomes = new long[(int)CollectOutcome.Failed + 1];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private long _records;
    private long _blocks;
    private long _octets;

    internal async Task WriteAsync(IAsyncEnumerable<ResultBlock> blocks, CancellationToken cancellationToken)
    {
        await foreach (var block in blocks)
        {
            using (block)
            {
                await WriteAsync(block, cancellationToken);
            }
        }
    }

    /// <summary>Says which devices failed, and, where standard output is free for it, what was done.</summary>
    /// <returns>The exit code.</returns>
    internal int End(bool isElsewhere, bool isJson, int refused)
    {
        foreach (var (device, error) in _failures)
        {
            Output.Error(device, error);
        }

        if (isElsewhere)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(_began);
            Output.Line(isJson ? JsonText.Line(Json(elapsed)) : Text(elapsed));
        }

        return _failures.Count > 0 || refused > 0 ? ExitCode.DeviceFailed : ExitCode.Success;
    }

    private async Task WriteAsync(ResultBlock block, CancellationToken cancellationToken)
    {
        await sink.WriteAsync(block, cancellationToken);
        List<BlockRequest> ended = [.. block.Requests.Where(static request => request.Result is not null)];
        await sink.EndAsync(ended, cancellationToken);
        _records += block.RecordCount;
        _blocks++;
        _octets += block.Memory.Length;
        foreach (var request in ended)
        {
            var result = request.Result.GetValueOrDefault();
            _outcomes[(int)result.Outcome]++;
            _failures.AddRange(result.Errors.Select(error => (request.Target, error.Message)));
        }
    }

    private string Text(TimeSpan elapsed) => FormattableString.Invariant(
        $"{_outcomes.Sum()} requests in {elapsed.TotalSeconds:0.0} s: {_outcomes[1]} succeeded, {_outcomes[2]} with errors, {_outcomes[3]} failed; {_records} records in {_blocks} blocks of {_octets} octets");

    private JsonObject Json(TimeSpan elapsed) => new()
    {
        ["kind"] = "summary",
        ["requests"] = _outcomes.Sum(),
        ["succeeded"] = _outcomes[(int)CollectOutcome.Succeeded],
        ["withErrors"] = _outcomes[(int)CollectOutcome.DoneWithErrors],
        ["failed"] = _outcomes[(int)CollectOutcome.Failed],
        ["records"] = _records,
        ["blocks"] = _blocks,
        ["octets"] = _octets,
        ["elapsedMs"] = Math.Round(elapsed.TotalMilliseconds, 3),
    };
}
