using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Connections.Collector.Rates;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Tests.Results;

/// <summary>Rows as text that other programs read.</summary>
public sealed class TextSinkTests
{
    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Integer32(-5), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.OctetString("a \"quoted\", text\n"), SnmpValue.OctetString([0, 255]),
        SnmpValue.IpAddress(IPAddress.Parse("192.0.2.9")), SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1")), SnmpValue.NoSuchInstance,
    ];

    private static readonly CollectError Timeout = new(CollectErrorKind.Timeout, null, 0, "No answer, after \"4\" attempts.");

    [Test]
    public async Task Json_lines_hold_every_value_and_every_end()
    {
        var lines = (await WriteAsync(new JsonLinesFormat(), Blocks.Of("r1", [Timeout], Values))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.That(lines, Has.Count.EqualTo(Values.Length + 1));
        Assert.That(lines.SkipLast(1).Select(static line => line.GetProperty("index").GetString()), Is.EqualTo(new[] { "1", "2", "3", "4", "5", "6", "7" }));
        Assert.That(lines[0].GetProperty("value").GetInt32(), Is.EqualTo(-5));
        Assert.That(lines[1].GetProperty("value").GetUInt64(), Is.EqualTo(ulong.MaxValue));
        Assert.That(lines[2].GetProperty("value").GetString(), Is.EqualTo("a \"quoted\", text\n"));
        Assert.That(lines[4].GetProperty("value").GetString(), Is.EqualTo("192.0.2.9"));
        Assert.That(lines[6].GetProperty("value").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(lines[6].GetProperty("type").GetString(), Is.EqualTo("noSuchInstance"));
        Assert.That(lines[0].GetProperty("oid").GetString(), Is.EqualTo("1.3.6.1.2.1.2.2.1.2.1"));
        Assert.That(lines[0].GetProperty("device").GetString(), Is.EqualTo("192.0.2.1"));
        Assert.That(lines[0].GetProperty("at").GetDateTimeOffset(), Is.EqualTo(Blocks.Noon));
        var end = lines[^1];
        Assert.That(end.GetProperty("outcome").GetString(), Is.EqualTo("doneWithErrors"));
        Assert.That(end.GetProperty("records").GetInt32(), Is.EqualTo(Values.Length));
        Assert.That(end.GetProperty("errors")[0].GetString(), Is.EqualTo(Timeout.Message));
    }

    [Test]
    public async Task Csv_quotes_what_must_be_quoted_and_has_one_heading()
    {
        var text = await WriteAsync(new CsvFormat(), Blocks.Of("r1", Values), Blocks.Of("r,2", [Timeout], []));
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines[0], Is.EqualTo("request,device,at,oid,index,type,value,rate"));
        Assert.That(lines[1], Is.EqualTo("r1,192.0.2.1,2026-01-01T12:00:00.0000000Z,1.3.6.1.2.1.2.2.1.2.1,1,integer32,-5,"));
        Assert.That(lines[3], Does.Contain("\"a \"\"quoted\"\", text\n\""));
        Assert.That(lines[^1], Does.StartWith("\"r,2\",").And.Contain("error,\"No answer, after \"\"4\"\" attempts.\","));
        Assert.That(lines, Has.Length.EqualTo(1 + Values.Length + 1));
    }

    [Test]
    public async Task Rates_stand_beside_their_counters()
    {
        using var output = new MemoryStream();
        await using var sink = new TextSink(output, new JsonLinesFormat(), new BlockRows(new RateCalculator()));
        foreach (var (second, value) in ((int, ulong)[])[(0, 1_000), (10, 3_000)])
        {
            using var writer = new ResultBlockWriter();
            var request = writer.AddRequest(second.ToString(CultureInfo.InvariantCulture), "192.0.2.1", Blocks.Column);
            writer.BeginRun(request, Blocks.Noon.AddSeconds(second));
            writer.Add(0, new OidIndex(1), SnmpValue.Counter64(value));
            writer.EndRun();
            using var block = writer.Complete(second);
            await sink.WriteAsync(block, CancellationToken.None);
        }

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.Not.Contain("rate"));
        Assert.That(JsonDocument.Parse(lines[1]).RootElement.GetProperty("rate").GetDouble(), Is.EqualTo(200).Within(0.001));
    }

    [Test]
    public async Task Blocks_in_a_file_are_read_back()
    {
        using var file = new MemoryStream();
        await using var sink = new BlockFileSink(file);
        for (var number = 0; number < 3; number++)
        {
            using var block = Blocks.Of($"r{number}", Values);
            await sink.WriteAsync(block, CancellationToken.None);
        }

        using var written = new MemoryStream(file.ToArray());
        var ids = new List<string>();
        await foreach (var block in BlockReader.ReadAsync(written))
        {
            ids.AddRange(block.Requests.Select(static request => request.Id));
            Assert.That(block.VarBinds().Select(static varBind => varBind.Value), Is.EqualTo(Values));
            block.Dispose();
        }

        Assert.That(ids, Is.EqualTo(new[] { "r0", "r1", "r2" }));
    }

    [Test]
    public async Task A_file_that_was_cut_is_read_to_the_cut()
    {
        using var block = Blocks.Of("r", Values);
        using var cut = new MemoryStream([.. block.Memory.Span, .. block.Memory.Span[..^1]]);
        await using var blocks = BlockReader.ReadAsync(cut).GetAsyncEnumerator();

        Assert.That(await blocks.MoveNextAsync(), Is.True);
        blocks.Current.Dispose();
        Assert.That(async () => await blocks.MoveNextAsync(), Throws.TypeOf<ResultBlockException>().With.Message.Contains("too early"));
    }

    private static async Task<string> WriteAsync(IRowFormat format, params IReadOnlyList<ResultBlock> blocks)
    {
        using var output = new MemoryStream();
        await using var sink = new TextSink(output, format, new BlockRows(rates: null));
        foreach (var block in blocks)
        {
            await sink.WriteAsync(block, CancellationToken.None);
            await sink.EndAsync(Blocks.Ended(block), CancellationToken.None);
            block.Dispose();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
