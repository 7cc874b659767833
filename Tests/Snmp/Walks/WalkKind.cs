namespace Connections.Snmp.Tests.Walks;

/// <summary>The ways to walk a table.</summary>
public enum WalkKind
{
    /// <summary>GETBULK under the table's entry.</summary>
    OneRoot,

    /// <summary>GETBULK under each column, all of which share the requests.</summary>
    Columns,

    /// <summary>GETNEXT under the table's entry, one varbind a request.</summary>
    StepByStep,
}
