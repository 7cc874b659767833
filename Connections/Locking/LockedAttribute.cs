namespace Connections.Locking;

/// <summary>x</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LockedAttribute : Attribute;
