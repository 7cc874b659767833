using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Collector.Requests;

/// <summary>The JSON of requests. A key that is unknown is an error, so that a misspelt one is noticed.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RequestMessage))]
[JsonSerializable(typeof(ScheduleMessage))]
internal sealed partial class RequestJson : JsonSerializerContext;
