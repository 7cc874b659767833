using System.Text.Json;
using Connections.Snmp.Collection;

namespace Connections.Collector.Database;

/// <summary>How a request ended, as a row of a table. It is written once all its values are.</summary>
internal readonly record struct RequestRow(string Request, string Target, string Outcome, long Records, DateTime StartedAt, double Milliseconds, string? Errors)
{
    internal static RequestRow Of(BlockRequest request)
    {
        var result = request.Result.GetValueOrDefault();
        return new RequestRow(
            request.Id,
            request.Target,
            JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()),
            result.Records,
            result.StartedAt.UtcDateTime,
            result.Elapsed.TotalMilliseconds,
            result.Errors.Count == 0 ? null : string.Join('\n', result.Errors.Select(static error => error.Message)).Replace('\0', ' '));
    }
}
