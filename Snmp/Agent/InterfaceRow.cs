using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>One interface of a synthetic device: its rows in ifTable and ifXTable (RFC 2863) and in ipAddrTable (RFC 4293).</summary>
internal sealed class InterfaceRow
{
    private const int EthernetCsmacd = 6;
    private const uint MegabitsPerSecond = 1_000;
    private static readonly Oid Interfaces = new(1, 3, 6, 1, 2, 1, 2);
    private static readonly Oid IfEntry = Interfaces.Append(2, 1);
    private static readonly Oid IfXEntry = new(1, 3, 6, 1, 2, 1, 31, 1, 1, 1);
    private static readonly Oid IpAddrEntry = new(1, 3, 6, 1, 2, 1, 4, 20, 1);

    public static readonly Oid IfNumber = Interfaces.Append(1, 0);

    private readonly int _index;
    private readonly byte[] _physicalAddress;
    private readonly byte[] _address;
    private readonly Traffic _in;
    private readonly Traffic _out;

    public InterfaceRow(int index, byte site, ref SeededRandom random)
    {
        _index = index;
        _address = [10, (byte)((index - 1) >> 8), (byte)(index - 1), (byte)(1 + random.Next(254))];
        _physicalAddress = [0x02, 0x00, site, .. _address.AsSpan(1)];
        _in = new Traffic(ref random);
        _out = new Traffic(ref random);
    }

    public IEnumerable<MibVariable> Variables() => [.. IfTable(), .. IfXTable(), .. IpAddrTable()];

    private MibVariable[] IfTable() =>
    [
        Cell(IfEntry, 1, SnmpValue.Integer32(_index)),
        Cell(IfEntry, 2, SnmpValue.OctetString($"Ethernet{_index}")),
        Cell(IfEntry, 3, SnmpValue.Integer32(EthernetCsmacd)),
        Cell(IfEntry, 4, SnmpValue.Integer32(1_500)),
        Cell(IfEntry, 5, SnmpValue.Gauge32(MegabitsPerSecond * 1_000_000)),
        Cell(IfEntry, 6, SnmpValue.OctetString(_physicalAddress)),
        Cell(IfEntry, 7, SnmpValue.Integer32(1)) with { IsWritable = true, Range = new ValueRange(1, 3) },
        Cell(IfEntry, 8, SnmpValue.Integer32(1)),
        Cell(IfEntry, 9, SnmpValue.TimeTicks(0)),
        Low(IfEntry, 10, _in.Octets),
        Low(IfEntry, 11, _in.Unicast),
        Cell(IfEntry, 13, SnmpValue.Counter32(0)),
        Low(IfEntry, 14, _in.Errors),
        Cell(IfEntry, 15, SnmpValue.Counter32(0)),
        Low(IfEntry, 16, _out.Octets),
        Low(IfEntry, 17, _out.Unicast),
        Cell(IfEntry, 19, SnmpValue.Counter32(0)),
        Low(IfEntry, 20, _out.Errors),
    ];

    private MibVariable[] IfXTable() =>
    [
        Cell(IfXEntry, 1, SnmpValue.OctetString($"eth{_index}")),
        Low(IfXEntry, 2, _in.Multicast),
        Low(IfXEntry, 3, _in.Broadcast),
        Low(IfXEntry, 4, _out.Multicast),
        Low(IfXEntry, 5, _out.Broadcast),
        High(IfXEntry, 6, _in.Octets),
        High(IfXEntry, 7, _in.Unicast),
        High(IfXEntry, 8, _in.Multicast),
        High(IfXEntry, 9, _in.Broadcast),
        High(IfXEntry, 10, _out.Octets),
        High(IfXEntry, 11, _out.Unicast),
        High(IfXEntry, 12, _out.Multicast),
        High(IfXEntry, 13, _out.Broadcast),
        Cell(IfXEntry, 14, SnmpValue.Integer32(1)) with { IsWritable = true, Range = new ValueRange(1, 2) },
        Cell(IfXEntry, 15, SnmpValue.Gauge32(MegabitsPerSecond)),
        Cell(IfXEntry, 16, SnmpValue.Integer32(2)),
        Cell(IfXEntry, 17, SnmpValue.Integer32(1)),
        Cell(IfXEntry, 18, SnmpValue.OctetString("")) with { IsWritable = true, Range = new ValueRange(0, 64) },
        Cell(IfXEntry, 19, SnmpValue.TimeTicks(0)),
    ];

    private MibVariable[] IpAddrTable() =>
    [
        AddressCell(1, SnmpValue.IpAddress(new IPAddress(_address))),
        AddressCell(2, SnmpValue.Integer32(_index)),
        AddressCell(3, SnmpValue.IpAddress(new IPAddress([255, 255, 255, 0]))),
        AddressCell(4, SnmpValue.Integer32(1)),
        AddressCell(5, SnmpValue.Integer32(65_535)),
    ];

    private MibVariable Cell(in Oid entry, uint column, SnmpValue value) => new(entry.Append(column, (uint)_index), value);

    private MibVariable Low(in Oid entry, uint column, Rate rate) =>
        new(entry.Append(column, (uint)_index), upTime => SnmpValue.Counter32((uint)rate.At(upTime)));

    private MibVariable High(in Oid entry, uint column, Rate rate) =>
        new(entry.Append(column, (uint)_index), upTime => SnmpValue.Counter64(rate.At(upTime)));

    private MibVariable AddressCell(uint column, SnmpValue value) =>
        new(IpAddrEntry.Append(column, _address[0], _address[1], _address[2], _address[3]), value) { InstanceLength = 4 };

    /// <summary>What an interface carries in one direction. The low 32 bits of a 64-bit counter are its 32-bit twin.</summary>
    private readonly struct Traffic(ref SeededRandom random)
    {
        public readonly Rate Octets = new(1_000 + random.Next(50_000_000));
        public readonly Rate Unicast = new(10 + random.Next(50_000));
        public readonly Rate Multicast = new(1 + random.Next(50));
        public readonly Rate Broadcast = new(1 + random.Next(10));
        public readonly Rate Errors = new(random.Next(2));
    }

    private readonly record struct Rate(ulong PerSecond)
    {
        public ulong At(TimeSpan upTime) => (ulong)(upTime.TotalSeconds * PerSecond);
    }
}
