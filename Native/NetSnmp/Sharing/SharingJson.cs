using System.Text.Json.Serialization;

namespace Connections.NetSnmp.Sharing;

/// <summary>How descriptions and errors of shared pools are written, made when this is compiled.</summary>
[JsonSerializable(typeof(PoolDescription))]
[JsonSerializable(typeof(PoolFault))]
internal sealed partial class SharingJson : JsonSerializerContext;
