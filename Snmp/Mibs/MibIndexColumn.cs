namespace Connections.Snmp.Mibs;

/// <summary>A part of a row's index.</summary>
/// <param name="Column">The object whose values it is: mostly a column, of this table or of another.</param>
/// <param name="IsImplied">Whether the length is left out, since this last part reaches to the end (IMPLIED; RFC 2578, section 7.7).</param>
public readonly record struct MibIndexColumn(MibNode Column, bool IsImplied);
