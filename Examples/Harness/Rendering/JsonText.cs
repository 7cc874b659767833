using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Pooling;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Rendering;

/// <summary>The JSON of all commands: an object a line. Times are in milliseconds.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Line(JsonObject record) => record.ToJsonString(Relaxed);

    internal static JsonObject Of(string device, VarBind varBind) => new()
    {
        ["device"] = device,
        ["oid"] = varBind.Oid.ToString(),
        ["type"] = TypeOf(varBind.Value),
        ["value"] = ValueOf(varBind.Value),
    };

    internal static JsonObject Failed(string device, Exception error) => new()
    {
        ["device"] = device,
        ["error"] = Failure.Explain(error),
    };

    internal static JsonObject Of(CallResult<DeviceCommand, CommandOutcome> result)
    {
        var record = new JsonObject
        {
            ["kind"] = "command",
            ["device"] = result.Input.Device.Name,
            ["command"] = result.Input.Operation.ToString(),
            ["ok"] = result.IsSuccess,
        };
        if (!result.IsSuccess)
        {
            record["error"] = Failure.Explain(result.Error);
            return record;
        }

        var outcome = result.Value;
        record["ticket"] = outcome.Ticket;
        record["queuedMs"] = Milliseconds(outcome.Queued);
        record["tookMs"] = Milliseconds(outcome.Took);
        record["values"] = new JsonArray([.. outcome.VarBinds.Select(varBind => Of(result.Input.Device.Name, varBind))]);
        return record;
    }

    internal static JsonObject Of(DeviceReport report, PoolStatistics pool) => new()
    {
        ["kind"] = "pool",
        ["device"] = report.Device.Name,
        ["size"] = pool.Size,
        ["served"] = pool.Served,
        ["longestQueuedMs"] = Milliseconds(pool.LongestQueued),
        ["order"] = new JsonArray([.. report.OrderOfService.Select(ticket => JsonValue.Create(ticket))]),
    };

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static string TypeOf(SnmpValue value) => JsonNamingPolicy.CamelCase.ConvertName(value.Type.ToString());

    private static JsonNode? ValueOf(SnmpValue value) => value.Type switch
    {
        SnmpType.Null => null,
        SnmpType.Integer32 => value.ToInt64(),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 => value.ToUInt64(),
        _ => value.ToString(),
    };
}
