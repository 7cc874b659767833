using System.Net;
using System.Net.Sockets;
using Connections.Execution;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Testbeds;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of C# compiles, runs, and stands there to the letter.</summary>
[NonParallelizable]
public sealed class ReadmeCodeTests
{
    private static readonly string[] SystemGroup = [.. Enumerable.Range(1, 6).Select(static number => $"1.3.6.1.2.1.1.{number}.0")];

    private SnmpAgent _agent = null!;
    private string _directory = "";
    private string _before = "";

    [SetUp]
    public async Task SetUp()
    {
        _agent = new SnmpAgent();
        _directory = Directory.CreateTempSubdirectory("connections-readme").FullName;
        _before = Environment.CurrentDirectory;
        Environment.SetEnvironmentVariable("LAB_COMMUNITY", "public");
        await File.WriteAllTextAsync(Path.Combine(_directory, "lab.yaml"), ReadmeLab.OnAgents(_agent));
        Environment.CurrentDirectory = _directory;
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.CurrentDirectory = _before;
        Environment.SetEnvironmentVariable("LAB_COMMUNITY", null);
        Directory.Delete(_directory, recursive: true);
        await _agent.DisposeAsync();
    }

    [Test]
    public async Task Every_device_tells_its_name()
    {
        var testbed = await Testbed.LoadAsync("lab.yaml");
        var classes = new ConnectionClasses().AddSnmp();
        var results = await ParallelCall.RunAsync(testbed.Devices.Keys, async (name, token) =>
        {
            await using var device = testbed.CreateDevice(name, classes);
            await device.ConnectAsync("snmp", token);
            var snmp = device.Get<ISnmpClient>("snmp"); // one connection or a pool of five: the same code
            var answers = await Task.WhenAll(SystemGroup.Select(oid => snmp.GetAsync(oid, token).AsTask()));
            return answers[4].Value.ToText();
        });

        Assert.That(results.ThrowIfAnyFailed(), Is.EqualTo(testbed.Devices.Keys));
    }

    [Test]
    public async Task The_connection_class_of_ones_own_answers_each_of_many_callers()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var echoing = EchoAsync(server);
        var endPoint = (IPEndPoint)server.LocalEndpoint;
        await using (var connection = new LineConnection(
            new ConnectionSettings { DeviceName = "r1", Host = endPoint.Address.ToString(), Port = endPoint.Port }))
        {
            await connection.ConnectAsync();
            var questions = Enumerable.Range(0, 50).Select(static number => $"question {number}").ToArray();

            var answers = await Task.WhenAll(questions.Select(question => connection.AskAsync(question))).WaitAsync(TimeSpan.FromSeconds(30));

            Assert.That(answers, Is.EqualTo(questions));
        }

        await echoing.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [TestCase(0, "ReadmeCodeTests.cs")]
    [TestCase(3, "LineConnection.cs")]
    public void The_code_in_the_README_is_the_code_that_was_tested(int block, string fileName) =>
        Assert.That(ReadmeText.Source(fileName), Does.Contain(ReadmeText.WithoutIndentation(ReadmeText.Blocks("csharp")[block]).Trim()));

    private static async Task EchoAsync(TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync();
        await client.GetStream().CopyToAsync(client.GetStream());
    }
}
