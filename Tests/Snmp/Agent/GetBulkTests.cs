using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class GetBulkTests : AgentFixture
{
    private static readonly string[] Rows = ["1.3.1.1|2|11", "1.3.1.2|2|12", "1.3.1.3|2|13", "1.3.2.1|2|21", "1.3.2.2|2|22"];

    [Test]
    public async Task Non_repeaters_come_once_and_the_rest_row_by_row()
    {
        using var client = new RawClient(AddRecorded(Rows).EndPoint);

        var response = await client.GetBulkAsync(1, 2, "1.3.0", "1.3.1.1", "1.3.2");

        Assert.That(response.Names, Is.EqualTo(new[] { "1.3.1.1", "1.3.1.2", "1.3.2.1", "1.3.1.3", "1.3.2.2" }));
    }

    [Test]
    public async Task A_column_past_the_end_repeats_endOfMibView_under_its_last_name_while_another_goes_on()
    {
        using var client = new RawClient(AddRecorded(Rows).EndPoint);

        var response = await client.GetBulkAsync(0, 3, "1.3.1", "1.3.2.1");

        Assert.That(response.Names, Is.EqualTo(new[] { "1.3.1.1", "1.3.2.2", "1.3.1.2", "1.3.2.2", "1.3.1.3", "1.3.2.2" }));
        Assert.That(
            response.VarBinds.Select(varBind => varBind.Value.IsException),
            Is.EqualTo(new[] { false, false, false, true, false, true }));
    }

    [Test]
    public async Task The_first_row_wholly_past_the_end_is_the_last()
    {
        using var client = new RawClient(AddRecorded(Rows).EndPoint);

        var response = await client.GetBulkAsync(0, int.MaxValue, "1.3.2.1", "1.3.9");

        Assert.That(response.Names, Is.EqualTo(new[] { "1.3.2.2", "1.3.9", "1.3.2.2", "1.3.9" }));
        Assert.That(response.VarBinds[2].Value, Is.EqualTo(SnmpValue.EndOfMibView));
    }

    [TestCase(0, 0, 0)]
    [TestCase(0, -5, 0)]
    [TestCase(-5, 1, 2)]
    [TestCase(1, 0, 1)]
    [TestCase(2, 10, 2)]
    [TestCase(99, 10, 2)]
    [TestCase(int.MaxValue, int.MaxValue, 2)]
    public async Task Negative_numbers_count_as_zero_and_non_repeaters_are_at_most_the_names(int nonRepeaters, int repetitions, int expected)
    {
        using var client = new RawClient(AddRecorded(Rows).EndPoint);

        var response = await client.GetBulkAsync(nonRepeaters, repetitions, "1.3.1", "1.3.1");

        Assert.That((response.Status, response.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.NoError, expected)));
    }

    [Test]
    public async Task No_name_gives_no_varbind_however_many_repetitions_are_asked()
    {
        using var client = new RawClient(AddRecorded(Rows).EndPoint);

        Assert.That((await client.GetBulkAsync(0, int.MaxValue)).VarBinds, Is.Empty);
    }

    [TestCase(SimulatedDeviceOptions.LeastMessageSize)]
    [TestCase(1_400)]
    [TestCase(SimulatedDeviceOptions.MostMessageSize)]
    public async Task A_response_is_filled_up_to_the_size_of_the_device_and_no_further(int size)
    {
        var data = new MibData([.. Enumerable.Range(1, 9_000).Select(i => new MibVariable(new Oid(1, 3, 1, (uint)i), SnmpValue.Integer32(i)))]);
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "cut", Data = data, MaxMessageSize = size });
        using var client = new RawClient(device.EndPoint);

        var response = await client.GetBulkAsync(0, int.MaxValue, "1.3.1");

        const int largestVarBind = 14;
        Assert.That(response.Length, Is.LessThanOrEqualTo(size).And.GreaterThan(size - largestVarBind));
        Assert.That(response.VarBinds, Is.EqualTo(Expected.Values(device).Take(response.VarBinds.Count)));
    }

    [Test]
    public async Task A_first_varbind_that_does_not_fit_is_tooBig_without_varbinds()
    {
        var data = new MibData([new MibVariable(new Oid(1, 3, 1), Text(new string('x', 500)))]);
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "large", Data = data, MaxMessageSize = SimulatedDeviceOptions.LeastMessageSize });
        using var client = new RawClient(device.EndPoint);

        var response = await client.GetBulkAsync(0, 10, "1.3.0");

        Assert.That((response.Status, response.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.TooBig, 0)));
    }
}
