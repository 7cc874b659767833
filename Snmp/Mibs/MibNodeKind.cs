namespace Connections.Snmp.Mibs;

/// <summary>What a node of the tree of names is.</summary>
public enum MibNodeKind
{
    /// <summary>A name for a place in the tree and nothing more: OBJECT IDENTIFIER, MODULE-IDENTITY or OBJECT-IDENTITY.</summary>
    Identifier,

    /// <summary>An object with one instance, <c>.0</c>.</summary>
    Scalar,

    /// <summary>A table: a SEQUENCE OF rows.</summary>
    Table,

    /// <summary>A conceptual row, the parent of its table's columns; it has the index.</summary>
    Row,

    /// <summary>A column of a table: an object with one instance for each row.</summary>
    Column,

    /// <summary>A NOTIFICATION-TYPE, or a TRAP-TYPE under the name that RFC 3584 gives it.</summary>
    Notification,

    /// <summary>An OBJECT-GROUP or NOTIFICATION-GROUP.</summary>
    Group,

    /// <summary>A MODULE-COMPLIANCE.</summary>
    Compliance,

    /// <summary>AGENT-CAPABILITIES.</summary>
    Capabilities,
}
