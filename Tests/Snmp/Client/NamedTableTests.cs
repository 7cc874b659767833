using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Client;

/// <summary>Tables by name, their columns by name, their indexes as values; and SET by text.</summary>
public sealed class NamedTableTests
{
    private const string Table = """
        1.3.6.1.2.1.2.2.1.1.1|2|1
        1.3.6.1.2.1.2.2.1.1.2|2|2
        1.3.6.1.2.1.2.2.1.2.1|4|eth0
        1.3.6.1.2.1.2.2.1.2.2|4|eth1
        1.3.6.1.2.1.2.2.1.7.2|2|2
        1.3.6.1.2.1.2.2.1.99.2|2|99
        1.3.6.1.2.1.31.1.1.1.1.1|4|eth0
        1.3.6.1.2.1.31.1.1.1.1.3|4|eth3
        1.3.6.1.2.1.31.1.1.1.6.1|70|123456789012
        1.3.6.1.6.3.16.1.2.1.3.1.6.112.117.98.108.105.99|4|readers
        1.3.6.1.6.3.16.1.2.1.3.7.9.97|4|broken
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpAgent _agent = null!;
    private SnmpEngine _engine = null!;
    private SnmpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _engine = new SnmpEngine();
        var device = _agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = new MibData(Snmprec.Parse(Table, "names.snmprec").Select(static variable => variable with { IsWritable = true })) });
        _client = new SnmpClient(_engine, new SnmpTarget(device.EndPoint, new SnmpOptions { Community = new Secret("private") }));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _agent.DisposeAsync();
    }

    private static Task<List<SnmpTableRow>> ListAsync(IAsyncEnumerable<SnmpTableRow> rows) => rows.ToListAsync().AsTask().WaitAsync(Limit);

    [TestCase("ifTable")]
    [TestCase("IF-MIB::ifTable")]
    [TestCase("ifEntry")]
    [TestCase("interfaces.2")]
    [TestCase("1.3.6.1.2.1.2.2")]
    [TestCase("1.3.6.1.2.1.2.2.1")]
    public async Task A_table_is_found_by_its_name_or_its_entry(string name)
    {
        var rows = await ListAsync(_client.TableAsync(name));

        Assert.That(rows[0].ColumnNames, Is.EqualTo(new[] { "ifIndex", "ifDescr", "ifAdminStatus", "1.3.6.1.2.1.2.2.1.99" }));
        Assert.That(rows.Select(static row => row["ifDescr"]!.Value.ToText()), Is.EqualTo(new[] { "eth0", "eth1" }));
        Assert.That(rows.Select(static row => row["IF-MIB::ifAdminStatus"]), Is.EqualTo(new SnmpValue?[] { null, 2 }));
        Assert.That(rows.Select(static row => row.TextOf("ifAdminStatus")), Is.EqualTo(new[] { "", "down(2)" }));
        Assert.That(rows[1]["1.3.6.1.2.1.2.2.1.99"], Is.EqualTo(SnmpValue.Integer32(99)));
    }

    [Test]
    public async Task Chosen_columns_alone_are_fetched_by_name_or_number()
    {
        var rows = await ListAsync(_client.TableAsync("ifTable", ["ifAdminStatus", "2"]));

        Assert.That(rows[1].ColumnNames, Is.EqualTo(new[] { "ifAdminStatus", "ifDescr" }));
        Assert.That((rows[1][0], rows[1][1]), Is.EqualTo(((SnmpValue?)2, (SnmpValue?)"eth1")));
        Assert.That(await ListAsync(_client.TableAsync("ifDescr")), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Columns_of_a_table_and_of_one_that_augments_it_are_joined()
    {
        var rows = await ListAsync(_client.TableAsync(["ifDescr", "ifHCInOctets", "ifName"]));

        Assert.That(rows.Select(static row => (row.Index.ToString(), row.TextOf("ifDescr"), row.TextOf("ifHCInOctets"), row.TextOf("ifName"))), Is.EqualTo(new[]
        {
            ("1", "eth0", "123456789012", "eth0"), ("2", "eth1", "", ""), ("3", "", "", "eth3"),
        }));
    }

    [Test]
    public async Task A_table_that_augments_another_has_its_index()
    {
        var rows = await ListAsync(_client.TableAsync("ifXTable"));

        Assert.That(rows[1].IndexColumns.Single().Column.Name, Is.EqualTo("ifIndex"));
        Assert.That(rows[1].IndexValues.Single().Value, Is.EqualTo(IndexValue.FromNumber(3)));
        Assert.That(rows[1]["ifIndex"], Is.EqualTo(SnmpValue.Integer32(3)));
    }

    [Test]
    public async Task The_parts_of_an_index_have_their_values_where_it_is_as_the_module_says()
    {
        var rows = await ListAsync(_client.TableAsync("vacmSecurityToGroupTable"));

        Assert.That(rows[0].IndexValues.Select(static part => part.ToString()), Is.EqualTo(new[] { "vacmSecurityModel=1", "vacmSecurityName=public" }));
        Assert.That(rows[0]["vacmSecurityName"], Is.EqualTo(SnmpValue.OctetString("public")));
        Assert.That(rows[0].TextOf("vacmSecurityName"), Is.EqualTo("public"));
        Assert.That(rows[1].IndexValues, Is.Empty);
        Assert.That((rows[1]["vacmSecurityName"], rows[1].Index.ToString()), Is.EqualTo(((SnmpValue?)null, "7.9.97")));
    }

    [Test]
    public async Task A_name_that_nobody_knows_is_an_error_and_one_of_elsewhere_is_not_there()
    {
        var row = (await ListAsync(_client.TableAsync("ifTable")))[0];

        Assert.That(row["sysDescr"], Is.Null);
        Assert.That(() => row["ifDesc"], Throws.TypeOf<SnmpParseException>().With.Message.Contains("ifDesc"));
        Assert.That(() => _client.TableAsync("ifTables"), Throws.TypeOf<SnmpParseException>());
        Assert.That(() => _client.TableAsync("ifTable", ["ifDesc"]), Throws.TypeOf<SnmpParseException>());
    }

    [Test]
    public async Task A_value_is_set_by_text_of_the_type_that_the_module_has()
    {
        var set = await _client.SetAsync("ifAdminStatus.2", "up").AsTask().WaitAsync(Limit);
        var text = await _client.SetAsync("ifDescr.2", "2").AsTask().WaitAsync(Limit);

        Assert.That(set.Value, Is.EqualTo(SnmpValue.Integer32(1)));
        Assert.That(text.Value, Is.EqualTo(SnmpValue.OctetString("2")));
        Assert.That(
            async () => await _client.SetAsync(Oid.Parse("1.3.6.1.2.1.2.2.1.7.2"), "upp").AsTask().WaitAsync(Limit),
            Throws.TypeOf<SnmpParseException>().With.Message.Contains("up(1), down(2), testing(3)"));
    }
}
