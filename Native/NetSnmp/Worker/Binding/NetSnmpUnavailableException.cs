namespace Connections.NetSnmp.Worker.Binding;

/// <summary>Net-SNMP's library is missing, or not one that this binding was made for. The message says what to do.</summary>
internal sealed class NetSnmpUnavailableException(string message) : Exception(message);
