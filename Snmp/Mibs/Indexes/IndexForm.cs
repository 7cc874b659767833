using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>How a part of an index is laid out in arcs.</summary>
internal static class IndexForm
{
    internal const int IPv4Length = 4;

    /// <summary>Whether a length stands in front: strings and OIDs that are neither of one size nor IMPLIED.</summary>
    internal static bool HasLength(in MibIndexColumn column, MibSyntax syntax) =>
        !column.IsImplied && (syntax.Type == SnmpType.ObjectIdentifier || (IsOctets(syntax) && syntax.FixedSize is null));

    /// <summary>The number of arcs where it is always the same.</summary>
    internal static int? LengthOf(in MibIndexColumn column, MibSyntax syntax) => column.IsImplied || !IsOctets(syntax) ? null : syntax.FixedSize;

    internal static bool IsOctets(MibSyntax syntax) => syntax.Type is SnmpType.OctetString or SnmpType.Opaque;

    /// <summary>Whether arcs of any origin make an OID.</summary>
    internal static bool IsOid(ReadOnlySpan<uint> arcs) => arcs is [] or [<= 2] or [0 or 1, <= 39, ..] or [2, _, ..];
}
