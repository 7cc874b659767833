using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public class TableCommandTests
{
    private const string Entry = "1.3.6.1.4.1.99999.1.1";

    // Column 2 has a gap, column 4 a row of its own.
    private const string Table = $"""
        {Entry}.2.1|4|one, "first"
        {Entry}.2.3|4|three
        {Entry}.3.1|2|-1
        {Entry}.3.2|2|-2
        {Entry}.3.3|2|-3
        {Entry}.4.20.7|65|99
        """;

    private SnmpAgent _agent = null!;
    private string _host = null!;

    [SetUp]
    public void StartAgent()
    {
        _agent = new SnmpAgent();
        _host = _agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = Snmprec.Parse(Table, "table.snmprec") }).EndPoint.ToString();
    }

    [TearDown]
    public async Task StopAgent() => await _agent.DisposeAsync();

    private Task<Outcome> RunAsync(params string[] arguments) => ConnectionsProcess.RunAsync(["table", _host, .. arguments]);

    private static string[][] Words(Outcome outcome) =>
        [.. outcome.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    [Test]
    public async Task A_table_is_printed_with_a_line_a_row_and_the_numbers_of_its_columns()
    {
        var outcome = await RunAsync(Entry);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(Words(outcome), Is.EqualTo(new string[][]
        {
            ["index", "2", "3", "4"], ["1", "one,", "\"first\"", "-1"], ["2", "-2"], ["3", "three", "-3"], ["20.7", "99"],
        }));
    }

    [Test]
    public async Task Chosen_columns_alone_are_fetched()
    {
        var outcome = await RunAsync(Entry, "--column", "3", "--column", "4");

        Assert.That(Words(outcome), Is.EqualTo(new string[][] { ["index", "3", "4"], ["1", "-1"], ["2", "-2"], ["3", "-3"], ["20.7", "99"] }), outcome.Error);
    }

    [Test]
    public async Task As_JSON_a_row_has_the_cells_that_are_there()
    {
        var outcome = await RunAsync("--json", $"{Entry}.2", $"{Entry}.3");

        string[] expected =
        [
            """{"device":"HOST","index":"1","cells":{"ENTRY.2":{"type":"octetString","value":"one, \"first\""},"ENTRY.3":{"type":"integer32","value":-1}}}""",
            """{"device":"HOST","index":"2","cells":{"ENTRY.3":{"type":"integer32","value":-2}}}""",
        ];
        Assert.That(
            outcome.Lines.Take(2).Select(line => line.Replace(_host, "HOST", StringComparison.Ordinal).Replace(Entry, "ENTRY", StringComparison.Ordinal)),
            Is.EqualTo(expected), outcome.Error);
    }

    [Test]
    public async Task As_CSV_a_cell_that_is_not_there_is_empty_and_quotes_are_doubled()
    {
        var outcome = await RunAsync("--csv", Entry);

        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            $"device,index,{Entry}.2,{Entry}.3,{Entry}.4",
            $"{_host},1,\"one, \"\"first\"\"\",-1,",
            $"{_host},2,,-2,",
            $"{_host},3,three,-3,",
            $"{_host},20.7,,,99",
        }), outcome.Error);
    }

    [Test]
    public async Task The_CSV_of_several_devices_is_one_table()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);

        var outcome = await ConnectionsProcess.RunAsync("table", "-t", testbed.Path, "--csv", "1.3.6.1.2.1.2.2.1", "--column", "1");

        Assert.That(outcome.Lines[0], Is.EqualTo("device,index,ifIndex"), outcome.Error);
        Assert.That(outcome.Lines.Skip(1).Select(line => line.Split(',')[0]).Distinct(), Is.EqualTo(new[] { "edge1", "edge2" }));
    }

    [Test]
    public async Task A_device_that_does_not_answer_is_a_failure() =>
        (await ConnectionsProcess.RunAsync("table", "127.0.0.1:9", "--timeout", "0.1", "--retries", "0", Entry)).AssertFailed(1, "127.0.0.1:9");

    [TestCase("'table' needs a table")]
    [TestCase("'ifEntri' is no OID", "ifEntri")]
    [TestCase("--column is for one table", Entry, "1.3.6.1.2", "--column", "1")]
    [TestCase($"{Entry}.1 is within {Entry}", Entry, $"{Entry}.1")]
    [TestCase("--json and --csv exclude each other", Entry, "--json", "--csv")]
    public async Task A_table_that_makes_no_sense_is_usage(string message, params string[] words) =>
        (await RunAsync(words)).AssertFailed(2, message);
}
