using System.Net;
using Connections.Collector.Database;
using Connections.Collector.Results;
using Connections.Collector.Tests.Results;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Collector.Tests.Database;

/// <summary>Blocks as rows of a real PostgreSQL, as PostgreSQL takes them and as CrateDB would.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class DatabaseSinkTests(bool isCrate) : DatabaseFixture
{
    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Integer32(int.MinValue), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.OctetString([0, 255]), SnmpValue.IpAddress(IPAddress.Parse("192.0.2.9")),
        SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1")), SnmpValue.NoSuchInstance, SnmpValue.TimeTicks(uint.MaxValue),
    ];

    [Test]
    public async Task Every_type_of_value_has_its_column()
    {
        await using (var sink = Sink())
        {
            using var block = Blocks.Of("r1", Values);
            await sink.WriteAsync(block, CancellationToken.None).BoundedAsync();
            await sink.EndAsync(Blocks.Ended(block), CancellationToken.None).BoundedAsync();
        }

        Assert.That(await TextOf("number", 1), Is.EqualTo("-2147483648"));
        Assert.That(await TextOf("number", 2), Is.EqualTo("18446744073709551615"));
        Assert.That(await TextOf("octets", 3), Is.EqualTo(isCrate ? "00ff" : "\\x00ff"));
        Assert.That(await TextOf("dotted", 4), Is.EqualTo("192.0.2.9"));
        Assert.That(await TextOf("dotted", 5), Is.EqualTo("1.3.6.1"));
        Assert.That(await TextOf("type", 6), Is.EqualTo("noSuchInstance"));
        Assert.That(await TextOf("number", 7), Is.EqualTo("4294967295"));
        Assert.That(await TextOf("root", 1), Is.EqualTo("1.3.6.1.2.1.2.2.1.2"));
        Assert.That(await TextOf("target", 1), Is.EqualTo("192.0.2.1"));
        Assert.That(await QueryAsync<DateTime>($"SELECT at FROM {Settings.Values} WHERE idx = '1'"), Is.EqualTo(Blocks.Noon.UtcDateTime));
    }

    [Test]
    public async Task A_request_that_is_stored_twice_has_its_rows_once()
    {
        await using (var sink = Sink())
        {
            for (var time = 0; time < 2; time++)
            {
                using var block = Blocks.Of("r1", Values);
                await sink.WriteAsync(block, CancellationToken.None).BoundedAsync();
                await sink.EndAsync(Blocks.Ended(block), CancellationToken.None).BoundedAsync();
            }
        }

        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(Values.Length));
        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Requests}"), Is.EqualTo(1));
        Assert.That((Statistics.Rows, Statistics.Duplicates), Is.EqualTo((Values.Length + 1, Values.Length + 1)));
    }

    [Test]
    public async Task How_a_request_ended_is_a_row_of_its_own()
    {
        await using (var sink = Sink())
        {
            using var block = Blocks.Of("r1", [new CollectError(CollectErrorKind.Timeout, null, 0, "No answer.\0")], []);
            await sink.EndAsync(Blocks.Ended(block), CancellationToken.None).BoundedAsync();
        }

        Assert.That(await QueryAsync<string>($"SELECT outcome || '|' || records || '|' || ms || '|' || errors FROM {Settings.Requests}"), Is.EqualTo("failed|0|5|No answer. "));
    }

    private DatabaseSink Sink() =>
        new(Settings, new BlockRows(rates: null), Statistics, NullLogger.Instance, isCrate ? new CrateDialect() : null);

    private Task<string> TextOf(string column, int index) => QueryAsync<string>($"SELECT {column}::text FROM {Settings.Values} WHERE idx = '{index}'");
}
