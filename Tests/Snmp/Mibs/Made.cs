using System.Collections.Immutable;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs;

/// <summary>Nodes and syntaxes made without a module.</summary>
internal static class Made
{
    public static MibSyntax Integer { get; } = new() { Type = SnmpType.Integer32, TypeName = "Integer32" };

    public static MibSyntax Unsigned { get; } = new() { Type = SnmpType.Gauge32, TypeName = "Unsigned32" };

    public static MibSyntax Text { get; } = new() { Type = SnmpType.OctetString, TypeName = "OCTET STRING" };

    public static MibSyntax ObjectId { get; } = new() { Type = SnmpType.ObjectIdentifier, TypeName = "OBJECT IDENTIFIER" };

    public static MibSyntax Address { get; } = new() { Type = SnmpType.IpAddress, TypeName = "IpAddress" };

    public static MibSyntax Ticks { get; } = new() { Type = SnmpType.TimeTicks, TypeName = "TimeTicks" };

    public static MibSyntax Mac { get; } = Text with { TypeName = "MacAddress", DisplayHint = "1x:", Sizes = [new MibRange(6, 6)] };

    public static MibSyntax DisplayString { get; } = Text with { TypeName = "DisplayString", DisplayHint = "255a", Sizes = [new MibRange(0, 255)] };

    public static MibSyntax Inet { get; } = Text with { TypeName = "InetAddress", Sizes = [new MibRange(0, 255)] };

    public static MibSyntax Enumeration(params string[] labels) => Integer with { TypeName = "INTEGER", NamedNumbers = Named(1, labels) };

    public static MibSyntax Bits(params string[] names) => Text with { TypeName = "BITS", IsBits = true, NamedNumbers = Named(0, names) };

    public static MibNode Column(string name, MibSyntax syntax, params MibIndexColumn[] index) =>
        new(Oid.Parse("1.3.6.1.4.1.99999.1"), name, "MADE-MIB", MibNodeKind.Column) { Syntax = syntax, Index = [.. index] };

    public static MibIndexColumn Part(MibSyntax syntax, bool isImplied = false) => new(Column($"part{syntax.TypeName.Replace(" ", "")}", syntax), isImplied);

    private static ImmutableArray<MibNamedNumber> Named(int first, string[] names) => [.. names.Select((name, i) => new MibNamedNumber(name, first + i))];
}
