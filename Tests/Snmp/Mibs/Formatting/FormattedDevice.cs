using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Formatting;

/// <summary>What a device returns that plays every form of value and index of FORMAT-TEST-MIB, the sound ones and the broken.</summary>
internal static class FormattedDevice
{
    private const string Root = "1.3.6.1.4.1.99999";
    private const string Indexes = Root + ".100";

    // A value of each type, to be played by every object, so that each object has values of all other types too.
    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Integer32(1), SnmpValue.Integer32(7), SnmpValue.Integer32(3), SnmpValue.Integer32(0), SnmpValue.Integer32(-5), SnmpValue.Integer32(-1234), SnmpValue.Integer32(int.MinValue),
        SnmpValue.Integer32(int.MaxValue), SnmpValue.Gauge32(0), SnmpValue.Gauge32(5), SnmpValue.Gauge32(uint.MaxValue), SnmpValue.Counter32(12), SnmpValue.Counter32(uint.MaxValue),
        SnmpValue.Counter64(0), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.TimeTicks(0), SnmpValue.TimeTicks(123), SnmpValue.TimeTicks(8_640_000), SnmpValue.TimeTicks(uint.MaxValue),
        SnmpValue.OctetString(""), SnmpValue.OctetString("text"), SnmpValue.OctetString("a \"quoted\" \\ text\n\twith lines\r"), SnmpValue.OctetString("Zürich"), SnmpValue.OctetString("ends\0"),
        SnmpValue.OctetString([0]), SnmpValue.OctetString([0, 0x1B, 0x21, 0xAB, 0x0C, 0xFF]), SnmpValue.OctetString([0x48, 0x80]), SnmpValue.OctetString([0x48, 0x80, 0, 0]),
        SnmpValue.OctetString([0x07, 0xEA, 11, 21, 18, 32, 0, 9]), SnmpValue.OctetString([0x07, 0xEA, 11, 21, 18, 32, 0, 9, (byte)'+', 1, 0]),
        SnmpValue.OctetString([3, 0x49, 0, 1, 0x21, 0x22]), SnmpValue.OctetString([2, 5, 6, 2, 7, 8]), SnmpValue.OctetString([0, 1, 2]),
        SnmpValue.OctetString([.. Enumerable.Range(0, 16).Select(static octet => (byte)octet)]),
        SnmpValue.OctetString([.. Enumerable.Range(0, 40).Select(static octet => (byte)(octet * 7))]),
        SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.99999.2.0")), SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.99999.100.6.1.1.2.97.98")),
        SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.99999")), SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.99999.777.5")),
        SnmpValue.ObjectIdentifier(Oid.Parse("2.999.4294967295")),
        SnmpValue.IpAddress(IPAddress.Parse("192.0.2.1")), SnmpValue.IpAddress(IPAddress.Any),
        SnmpValue.Opaque([1, 2, 0xFF]), SnmpValue.OpaqueFloat(0.08f), SnmpValue.OpaqueFloat(-1.5e10f), SnmpValue.OpaqueDouble(Math.PI), SnmpValue.OpaqueDouble(double.NegativeInfinity),
        SnmpValue.Opaque([0x9F, 0x7A, 1, 0xFE]), SnmpValue.Opaque([0x9F, 0x7B, 2, 1, 0]), SnmpValue.Opaque([0x9F, 0x76, 1, 9]),
    ];

    private static readonly string[] Instances =
    [
        // Integers, enumerations.
        "1.1.1.7", "1.1.1.4294967295", "1.1.1", "1.1.1.7.8", "1.1.99.7.8", "1.1", "1.2.5.5", "2.1.1.1", "2.1.1.7", "2.1.1.3", "2.1.1.4294967295",
        // Strings: sound, empty, not printable, too short, too long, with arcs that are no octets.
        "3.1.1.2.97.98", "3.1.1.0", "3.1.1.3.0.34.255", "3.1.1.3.97.98", "3.1.1.2.97.98.99", "3.1.1.1.300", "3.1.1.4294967295", "3.1.2.2.97.98",
        "4.1.1.97.98.99.100", "4.1.1.97.98.99", "4.1.1.97.98.99.100.101", "4.1.1.0.1.2.3",
        "5.1.1.0.27.33.171.12.255", "5.1.1.0.27.33", "5.1.1.0.27.33.171.12.255.1", "5.1.1.0.1.2.3.4.300",
        "6.1.1.2.97.98", "6.1.1.0", "6.1.1.3.97.0.98", "6.1.1.9.97", "6.1.1.2.97.98.7",
        "7.1.1.97.98", "7.1.1.0.255.256", "8.1.1.97.98", "8.1.1.195.188",
        // OIDs.
        "9.1.1.1.1.5", "9.1.1.10.1.3.6.1.4.1.99999.2.0.1.5", "9.1.1.3.1.3", "10.1.1.1.3.6.1.4.1.99999.2",
        // Addresses, ticks, bits.
        "11.1.1.192.0.2.1.7", "11.1.1.192.0.2", "11.1.1.300.0.2.1.7", "12.1.1.123", "12.1.1.8640100", "12.1.1.123.4", "13.1.1.1.128",
        "14.1.1.1.4.192.0.2.1.9", "14.1.1.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1.9", "14.1.1.3.8.192.0.2.1.0.0.1.2.9", "14.1.1.4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.3.9",
        "14.1.1.16.4.104.111.115.116.9", "14.1.1.1.3.1.2.3.9", "14.1.1.1.4.192.0.2.300.9", "14.1.1.5.4.192.0.2.1.9", "14.1.1.0.0.9", "14.1.1.1.4.192.0",
        // Several parts, and an augmented row.
        "15.1.1.3.2.97.98.0.1.2.3.4.5.1.120.121", "15.1.1.3.2.97.98.0.1.2.3.4.5.9", "15.1.1.3.2.97.98.0.1.2", "15.1.1.3.0.1.2.3.4.5.6.7.97", "16.1.1.2.97.98", "16.1.1.5.97",
    ];

    // OIDs in indexes that begin with no root. In brackets the tool prints no more than a part of the name of these.
    private static readonly string[] Rootless = ["9.1.1.0.5", "9.1.1.4.9.9.9.9.5", "10.1.1.7.8"];

    /// <summary>All variables, in the order of their names.</summary>
    /// <param name="isBracketed">Whether indexes are to be shown in brackets.</param>
    public static IReadOnlyList<VarBind> VarBinds(bool isBracketed) =>
    [
        .. Enumerable.Range(1, 28).SelectMany(static place => Values.Select((value, i) => new VarBind(Oid.Parse($"{Root}.{place}.{i}"), value)))
            .Concat((isBracketed ? Instances : Instances.Concat(Rootless)).Select(static instance => new VarBind(Oid.Parse($"{Indexes}.{instance}"), 1)))
            .Append(new VarBind(Oid.Parse($"{Root}.777.1"), 1))
            .OrderBy(static varBind => varBind.Oid),
    ];

    /// <summary>The module's file.</summary>
    public static string ModulePath { get; } = Path.Combine(FolderOf(), "FORMAT-TEST-MIB.txt");

    public static MibData Data(bool isBracketed) => new(VarBinds(isBracketed).Select(static varBind => new MibVariable(varBind.Oid, varBind.Value)));

    private static string FolderOf([System.Runtime.CompilerServices.CallerFilePath] string self = "") => Path.GetDirectoryName(self)!;
}
