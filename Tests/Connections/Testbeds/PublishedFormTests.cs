using System.Runtime.CompilerServices;
using Connections.Pooling;
using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

/// <summary>Testbeds in the published form of pyATS lead to the connection classes that are registered here.</summary>
public class PublishedFormTests
{
    private static readonly ConnectionClasses Classes = new ConnectionClasses()
        .Add("ssh", settings => new Ssh(settings))
        .Add("telnet", settings => new Telnet(settings))
        .Add("snmp", settings => new Snmp(settings));

    [TestCase("vty", typeof(Ssh))]
    [TestCase("console", typeof(Telnet))]
    [TestCase("snmp", typeof(Snmp))]
    public async Task A_class_of_unicon_goes_by_the_protocol(string via, Type expected)
    {
        var device = (await LoadAsync("pyats-unicon")).GetDevice("graz-pe-1").Settings;
        Assert.That(Classes.Find(device.Connections[via], device.DefaultClass).Type, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_connection_without_any_class_goes_by_the_protocol()
    {
        var device = (await LoadAsync("pyats-console-servers")).GetDevice("leaf-1").Settings;
        Assert.That(Classes.Find(device.Connections["a"], device.DefaultClass).Type, Is.EqualTo(typeof(Telnet)));
    }

    [Test]
    public async Task A_class_that_is_not_registered_is_named_when_it_is_asked_for()
    {
        var device = (await LoadAsync("pyats-dual-supervisor")).GetDevice("uut").Settings;
        Assert.That(
            () => Classes.Find(device.Connections["rest"], device.DefaultClass),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("'rest.connector.Rest', which is not registered"));
    }

    [Test]
    public async Task A_connection_sees_all_credentials_by_name()
    {
        var vty = (await LoadAsync("pyats-console-servers")).GetDevice("leaf-1").Connections["vty"];
        Assert.That(vty.CredentialsByName, Is.EquivalentTo(new Dictionary<string, Credentials>
        {
            ["default"] = new() { Username = "mgmt", Password = new Secret("mgmt-word") },
            ["enable"] = new() { Password = new Secret("answer") },
        }));
    }

    private static Task<Testbed> LoadAsync(string name) => Testbed.LoadAsync(
        PathOf($"Files/good/{name}.yaml"), new TestbedOptions { Environment = _ => "value", Ask = _ => "answer" }).Within();

    private static string PathOf(string relative, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, relative);

    private class Line(ConnectionSettings settings) : BaseConnection(settings)
    {
        protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Ssh(ConnectionSettings settings) : Line(settings);

    private sealed class Telnet(ConnectionSettings settings) : Line(settings);

    private sealed class Snmp(ConnectionSettings settings) : Line(settings);
}
