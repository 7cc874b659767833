using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>A place where a device's names do not increase, as broken agents have it: a walk without a check for it never ends.</summary>
/// <param name="After">A walk that would pass this name goes back instead. A manager that itself asks from a later name on goes on.</param>
/// <param name="BackTo">
/// The name that is answered instead, or the first variable after it. The same as <paramref name="After"/> for an agent that repeats a name.
/// </param>
public readonly record struct MibLoop(Oid After, Oid BackTo);
