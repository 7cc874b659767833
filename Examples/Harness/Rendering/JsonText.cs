using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Rendering;

/// <summary>The JSON of all commands: an object a line. Times are in milliseconds.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Line(JsonObject record) => record.ToJsonString(Relaxed);

    internal static JsonObject Of(string device, VarBind varBind)
    {
        var record = new JsonObject { ["device"] = device, ["oid"] = varBind.Oid.ToString(), ["name"] = MibTree.Current.Name(varBind.Oid) };
        AddValue(record, varBind.Value, MibValueText.Format(varBind));
        return record;
    }

    internal static JsonObject Of(string device, SnmpTableRow row)
    {
        var keys = new JsonObject();
        foreach (var part in row.IndexValues)
        {
            keys[part.Column.Name] = IndexText.Format(part);
        }

        var cells = new JsonObject();
        for (var i = 0; i < row.Columns.Count; i++)
        {
            if (row[i] is { } value)
            {
                var cell = new JsonObject();
                AddValue(cell, value, row.TextOf(i));
                cells[row.ColumnNames[i]] = cell;
            }
        }

        var record = new JsonObject { ["device"] = device, ["index"] = row.Index.ToString() };
        if (keys.Count > 0)
        {
            record["keys"] = keys;
        }

        record["cells"] = cells;
        return record;
    }

    // The text is there where the MIB makes more of the value than what it is.
    private static void AddValue(JsonObject record, SnmpValue value, string text)
    {
        record["type"] = TypeOf(value);
        record["value"] = ValueOf(value);
        if (text != value.ToString())
        {
            record["text"] = text;
        }
    }

    internal static JsonObject Of(SnmpNotification notification) => new()
    {
        ["kind"] = notification.IsInform ? "inform" : "trap",
        ["receivedAt"] = notification.ReceivedAt.ToString("O", CultureInfo.InvariantCulture),
        ["source"] = notification.Source.ToString(),
        ["receiver"] = notification.LocalEndPoint.ToString(),
        ["version"] = notification.Version == SnmpVersion.V1 ? "1" : notification.Version == SnmpVersion.V2c ? "2c" : "3",
        ["user"] = notification.UserName,
        ["level"] = notification.UserName is null ? null : JsonNamingPolicy.CamelCase.ConvertName(notification.SecurityLevel.ToString()),
        ["context"] = notification.UserName is null ? null : notification.ContextName,
        ["engineId"] = notification.EngineId.IsEmpty ? null : notification.EngineId.ToString(),
        ["trapOid"] = notification.TrapOid.ToString(),
        ["sysUpTimeMs"] = Milliseconds(notification.SysUpTime),
        ["enterprise"] = notification.Enterprise?.ToString(),
        ["agentAddress"] = notification.AgentAddress?.ToString(),
        ["varBinds"] = new JsonArray([.. notification.VarBinds.Select(Of)]),
    };

    private static JsonObject Of(VarBind varBind) => new()
    {
        ["oid"] = varBind.Oid.ToString(),
        ["type"] = TypeOf(varBind.Value),
        ["value"] = ValueOf(varBind.Value),
    };

    internal static JsonObject Of(SnmpDeviceStatistics statistics) => new()
    {
        ["kind"] = "statistics",
        ["address"] = statistics.EndPoint.ToString(),
        ["requests"] = statistics.Requests,
        ["retransmissions"] = statistics.Retransmissions,
        ["responses"] = statistics.Responses,
        ["timeouts"] = statistics.Timeouts,
        ["loss"] = Math.Round(statistics.Loss, 4),
        ["shortestRoundTripMs"] = Milliseconds(statistics.ShortestRoundTrip),
        ["roundTripMs"] = Milliseconds(statistics.RoundTrip),
        ["longestRoundTripMs"] = Milliseconds(statistics.LongestRoundTrip),
        ["largestReply"] = statistics.LargestReply,
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
            ["alias"] = result.Input.Device.Alias,
            ["command"] = result.Input.Command.ToString(),
            ["ok"] = result.IsSuccess,
        };
        if (!result.IsSuccess)
        {
            AddError(record, result.Error);
            return record;
        }

        var outcome = result.Value;
        record["ticket"] = outcome.Ticket;
        record["queuedMs"] = Milliseconds(outcome.Queued);
        record["tookMs"] = Milliseconds(outcome.Took);
        if (outcome.Printed is { } printed)
        {
            record["output"] = printed;
        }
        else
        {
            record["values"] = new JsonArray([.. outcome.VarBinds.Select(varBind => Of(result.Input.Device.Name, varBind))]);
        }

        return record;
    }

    internal static void AddError(JsonObject record, Exception error)
    {
        record["error"] = Failure.Explain(error);
        record["errorType"] = Failure.TypeOf(error);
    }

    internal static JsonObject Of(DeviceReport report, PoolStatistics pool) => new()
    {
        ["kind"] = "pool",
        ["device"] = report.Name,
        ["size"] = pool.Size,
        ["served"] = pool.Served,
        ["longestQueuedMs"] = Milliseconds(pool.LongestQueued),
        ["order"] = new JsonArray([.. report.OrderOfService.Select(ticket => JsonValue.Create(ticket))]),
    };

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static double? Milliseconds(TimeSpan? time) => time is { } known ? Milliseconds(known) : null;

    internal static string TypeOf(SnmpValue value) => JsonNamingPolicy.CamelCase.ConvertName(value.Type.ToString());

    private static JsonNode? ValueOf(SnmpValue value) => value.Type switch
    {
        SnmpType.Null => null,
        SnmpType.Integer32 => value.ToInt64(),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 => value.ToUInt64(),
        _ => value.ToString(),
    };
}
