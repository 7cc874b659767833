using System.Text.Json.Serialization;

namespace Connections.NetSnmp.Worker.Messages;

/// <summary>How settings are written, made when this is compiled.</summary>
[JsonSerializable(typeof(WorkerSettings))]
internal sealed partial class WorkerJson : JsonSerializerContext;
