using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Collection.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection.Parsing;

/// <summary>Tables that were collected become records: routes, interfaces, MAC addresses.</summary>
public sealed class TableReaderTests : CollectorFixture
{
    private static readonly Oid RouteEntry = Oid.Parse("1.3.6.1.2.1.4.24.4.1");
    private static readonly Oid InterfaceEntry = Oid.Parse("1.3.6.1.2.1.31.1.1.1");
    private static readonly Oid MacEntry = Oid.Parse("1.3.6.1.2.1.17.7.1.2.2.1");

    [Test]
    public async Task IpCidrRouteTable_becomes_routes()
    {
        var routes = Enumerable.Range(0, 300).Select(static i => (Index: new uint[] { 10, (uint)i / 256, (uint)i % 256, 0, 255, 255, 255, 0, 0, 192, 168, 0, (uint)i % 200 }, i)).ToList();
        var device = AddDevices(1, new MibData([
            .. routes.Select(static route => new MibVariable(RouteEntry.Append(5).Append(route.Index), SnmpValue.Integer32(route.i))),
            .. routes.Where(static route => route.i % 2 == 0).Select(static route => new MibVariable(RouteEntry.Append(11).Append(route.Index), SnmpValue.Integer32(-route.i))),
            new MibVariable(RouteEntry.Append(11, 300, 0, 0, 0, 255, 255, 255, 0, 0, 1, 1, 1, 1), SnmpValue.Integer32(1)),
            new MibVariable(RouteEntry.Append(11, 20, 0, 0, 0, 255, 255, 255, 0, 0, 1, 1, 1, 1), SnmpValue.OctetString("three")),
        ]))[0];

        var table = await ReadAsync<Route, ((uint Destination, uint Mask) Network, (uint, uint) Way)>(device, RouteEntry.Append(5), RouteEntry.Append(11));

        Assert.That(table.Rows, Has.Count.EqualTo(routes.Count + 1));
        foreach (var (index, i) in routes)
        {
            var row = table.Rows[((Number(index[..4]), Number(index[4..8])), (index[8], Number(index[9..])))];
            Assert.That((row.Interface, row.Metric), Is.EqualTo(((long)i, i % 2 == 0 ? -i : 0L)));
        }

        Assert.That(
            table.Failures.Select(static failure => (failure.Root, failure.Index.ToString().Split('.')[0], failure.Failure)),
            Is.EquivalentTo(new[] { (1, "300", ParseFailure.OutOfRange), (1, "20", ParseFailure.WrongType) }));
    }

    [Test]
    public async Task IfXTable_becomes_interfaces()
    {
        var device = AddDevices(1, SyntheticDevice.Create("router", seed: 3, interfaces: 40))[0];

        var table = await ReadAsync<Interface, uint>(device, InterfaceEntry.Append(1), InterfaceEntry.Append(6), InterfaceEntry.Append(10));

        Assert.That(table.Failures, Is.Empty);
        Assert.That(table.Rows.Keys, Is.EquivalentTo(Enumerable.Range(1, 40).Select(static index => (uint)index)));
        foreach (var (index, row) in table.Rows)
        {
            Assert.That(SnmpValue.OctetString(row.Name), Is.EqualTo(device.Data[device.Data.IndexOf(InterfaceEntry.Append(1, index))].Value));
            Assert.That(row.OctetsIn, Is.Positive);
        }
    }

    [Test]
    public async Task A_mac_table_becomes_records()
    {
        var device = AddDevices(1, new MibData(Enumerable.Range(1, 500).SelectMany(static i => new[]
        {
            new MibVariable(MacEntry.Append(2, (uint)i % 5, 2, 0, 94, 0, (uint)i / 256, (uint)i % 256), SnmpValue.Integer32(i % 48)),
            new MibVariable(MacEntry.Append(3, (uint)i % 5, 2, 0, 94, 0, (uint)i / 256, (uint)i % 256), SnmpValue.Integer32(i == 77 ? 9 : 3)),
        })))[0];

        var table = await ReadAsync<Learned, (uint Vlan, ulong Mac)>(device, MacEntry.Append(2), MacEntry.Append(3));

        Assert.That(table.Rows, Has.Count.EqualTo(500));
        for (var i = 1; i <= 500; i++)
        {
            var row = table.Rows[((uint)i % 5, 0x02005E000000UL + (ulong)i)];
            Assert.That((row.Port, row.Status), Is.EqualTo(((long)i % 48, i == 77 ? (Status)9 : Status.Learned)));
        }

        Assert.That(table.Failures.Single().Failure, Is.EqualTo(ParseFailure.Rejected));
    }

    [Test]
    public void Parsing_a_block_into_structs_allocates_nothing()
    {
        using var writer = new ResultBlockWriter();
        var shape = new CollectShape(CollectKind.Walk, [Generated.Root(1), Generated.Root(2)]);
        writer.BeginRun(writer.AddRequest("a", "b", shape), DateTimeOffset.UnixEpoch);
        for (uint i = 1; i <= 1_000; i++)
        {
            writer.Add((int)i % 2, new OidIndex(10, 0, i / 256, i % 256, i), SnmpValue.Counter32(i * 1_000));
        }

        writer.EndRun();
        using var block = writer.Complete();
        var index = IndexParser.IPv4.Then(IndexParser.Integer);
        Sum(block);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Sum(block);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(sum, Is.EqualTo((1_000ul * 1_001 / 2 * 1_000, 250_000ul)));
        Assert.That(allocated, Is.Zero);

        (ulong Values, ulong Indexes) Sum(ResultBlock all)
        {
            ulong values = 0, indexes = 0;
            foreach (var record in all.Parse(index, ValueParser.Counter))
            {
                values += record.IsValid ? record.Value : 0;
            }

            foreach (var record in all.ParseColumn(1, index, ValueParser.Counter))
            {
                indexes += record.Index.Second;
            }

            return (values, indexes);
        }
    }

    private async Task<TableRows<TRow, TIndex>> ReadAsync<TRow, TIndex>(SimulatedDevice device, params Oid[] columns)
        where TRow : struct, ITableRow<TRow, TIndex>
        where TIndex : notnull
    {
        var reader = new TableReader<TRow, TIndex>();
        var tables = new List<TableRows<TRow, TIndex>>();
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var block in Collector().CollectAsync([CollectRequest.Walk("table", device.EndPoint.ToString(), columns)], limit.Token))
        {
            using (block)
            {
                tables.AddRange(reader.Read(block));
            }
        }

        Assert.That(tables.Single().Request.Result!.Value.Outcome, Is.EqualTo(CollectOutcome.Succeeded));
        return tables.Single();
    }

    private static uint Number(uint[] octets) => (octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3];
}
