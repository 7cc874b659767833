namespace Connections.Native.Rpc;

/// <summary>
/// Marks a method of an <see cref="RpcServiceAttribute"/> interface that may run twice without harm: when its server dies in mid-call, it is
/// called again on another one, instead of failing with <see cref="ServerDiedException"/>. A stream is begun again only while it has
/// yielded nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
