namespace Connections.Snmp.Mibs.Parsing;

/// <summary>By which macro, or other form, a name was defined.</summary>
internal enum ParsedKind : byte
{
    Identifier,
    Object,
    Notification,
    Trap,
    Group,
    Compliance,
    Capabilities,
}
