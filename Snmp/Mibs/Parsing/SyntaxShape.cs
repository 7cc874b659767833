namespace Connections.Snmp.Mibs.Parsing;

/// <summary>What a SYNTAX is made of.</summary>
internal enum SyntaxShape : byte
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>A SEQUENCE: a row.</summary>
    Sequence,

    /// <summary>A SEQUENCE OF: a table.</summary>
    SequenceOf,

    /// <summary>A CHOICE, which no object has for its syntax.</summary>
    Choice,
}
