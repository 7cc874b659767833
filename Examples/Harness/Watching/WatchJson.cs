using System.Text.Json.Serialization;

namespace Connections.Harness.Watching;

/// <summary>How reports travel: JSON, one in a line.</summary>
[JsonSourceGenerationOptions(MaxDepth = 8, RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProcessReport))]
internal sealed partial class WatchJson : JsonSerializerContext;
