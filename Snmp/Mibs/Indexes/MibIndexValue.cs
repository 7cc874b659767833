namespace Connections.Snmp.Mibs.Indexes;

/// <summary>A part of a row's index, and what it is in one row.</summary>
/// <param name="Column">The object whose value it is.</param>
/// <param name="Value">The value.</param>
public readonly record struct MibIndexValue(MibNode Column, IndexValue Value)
{
    /// <summary>The name and the value as <see cref="IndexText.Format(in MibIndexValue, MibTree)"/> has it.</summary>
    public override string ToString() => $"{Column.Name}={IndexText.Format(this)}";
}
