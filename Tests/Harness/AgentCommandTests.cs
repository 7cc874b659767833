using System.Runtime.InteropServices;
using System.Text.Json;

namespace Connections.Harness.Tests;

public class AgentCommandTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";

    [TestCase(PosixSignal.SIGINT, 130)]
    [TestCase(PosixSignal.SIGTERM, 143)]
    public async Task It_says_where_each_device_answers_and_runs_until_a_signal(PosixSignal signal, int exitCode)
    {
        using var agent = ConnectionsProcess.Start("agent", "--devices", "3", "--address", "127.0.3.254");
        var places = new List<string[]>();
        for (var i = 0; i < 3; i++)
        {
            places.Add((await agent.ReadLineAsync())!.Split(' '));
        }

        foreach (var (name, host) in places.Select(place => (place[0], place[1])))
        {
            var outcome = await ConnectionsProcess.RunAsync("get", host, SysName);
            Assert.That((outcome.Error, outcome.Output), Is.EqualTo(("", $"SNMPv2-MIB::sysName.0 = STRING: {name}\n")));
        }

        agent.Signal(signal);
        var end = await agent.EndAsync();
        Assert.That((end.ExitCode, end.Error), Is.EqualTo((exitCode, "connections: interrupted\n")));
        Assert.That(places.Select(place => place[0]), Is.EqualTo(new[] { "router-1", "router-2", "router-3" }));
        Assert.That(places.Select(place => place[1].Split(':')[0]), Is.EqualTo(new[] { "127.0.3.254", "127.0.3.255", "127.0.4.0" }));
    }

    [Test]
    public async Task Recordings_take_turns_and_JSON_tells_the_places_too()
    {
        using var first = new RecordingOf("one.snmprec", $"{SysName}|4|first\n");
        using var second = new RecordingOf("two.snmpwalk", $".{SysName} = STRING: \"second\"\n");
        using var agent = ConnectionsProcess.Start("agent", "--data", first.Path, "--data", second.Path, "--devices", "3", "--json");
        var names = new List<string>();
        var values = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var place = JsonDocument.Parse((await agent.ReadLineAsync())!);
            names.Add(place.RootElement.GetProperty("device").GetString()!);
            var host = $"{place.RootElement.GetProperty("address").GetString()}:{place.RootElement.GetProperty("port").GetInt32()}";
            values.Add((await ConnectionsProcess.RunAsync("get", host, SysName)).Output.Trim());
        }

        Assert.That(names, Is.EqualTo(new[] { "one-1", "two-2", "one-3" }));
        Assert.That(values, Is.EqualTo(new[] { "first", "second", "first" }.Select(static name => $"SNMPv2-MIB::sysName.0 = STRING: {name}")));
    }

    [Test]
    public async Task Faults_are_as_they_were_asked_for()
    {
        using var agent = ConnectionsProcess.Start("agent", "--too-big", "1");
        var host = (await agent.ReadLineAsync())!.Split(' ')[1];

        (await ConnectionsProcess.RunAsync("get", host, SysName)).AssertFailed(1, "tooBig");
    }

    [TestCase("bad.snmprec", "1.3.1|2|1\n1.3.2|two|2\n", ":2: 'two' is not a type tag")]
    [TestCase("bad.snmprec", "1.3.1|2:numeric|min=1\n", ":1: The variation module in '2:numeric'")]
    [TestCase("bad.snmpwalk", "SNMPv2-MIB::sysName.0 = STRING: a\n", ":1: 'SNMPv2-MIB::sysName.0'")]
    public async Task A_recording_that_is_none_is_named_with_file_and_line(string name, string content, string problem)
    {
        using var recording = new RecordingOf(name, content);

        (await ConnectionsProcess.RunAsync("agent", "--data", recording.Path)).AssertFailed(2, recording.Path + problem);
    }

    [TestCase("--data", "/nowhere/a.snmprec", "'/nowhere/a.snmprec' cannot be read")]
    [TestCase("--loss", "1.5", "'1.5' is not valid for --loss; expected a probability from 0 to 1")]
    [TestCase("--address", "192.0.2.1", "'192.0.2.1' is not valid for --address; expected a loopback address")]
    [TestCase("--devices", "0", "--devices")]
    public async Task What_makes_no_sense_says_what_would(string option, string value, string problem) =>
        (await ConnectionsProcess.RunAsync("agent", option, value)).AssertFailed(2, problem);

    [Test]
    public async Task A_port_that_is_taken_is_named()
    {
        using var agent = ConnectionsProcess.Start("agent", "--address", "127.0.5.1");
        var place = (await agent.ReadLineAsync())!.Split(' ')[1];

        var outcome = await ConnectionsProcess.RunAsync("agent", "--address", "127.0.5.1", "--port", place.Split(':')[1]);

        outcome.AssertFailed(1, place, "Choose another port");
    }
}
