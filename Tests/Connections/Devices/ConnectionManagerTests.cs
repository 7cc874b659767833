using Connections.Pooling;

namespace Connections.Tests.Devices;

/// <summary>What stands under an alias, and what each call on the manager does to it.</summary>
public sealed class ConnectionManagerTests
{
    private EchoDevice _line = null!;

    [SetUp]
    public void SetUp() => _line = new EchoDevice();

    [Test]
    public async Task A_single_defined_connection_is_chosen_by_itself_under_the_alias_default()
    {
        await using var device = Lab.Device(_line, "cli");

        await device.ConnectAsync();

        Assert.That(device.Connections.Aliases, Is.EqualTo(new[] { "default" }));
        Assert.That(await device.Get<IEcho>().EchoAsync("hello").Within(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task The_defaults_of_the_device_name_alias_via_and_class()
    {
        var settings = new DeviceSettings { Name = "r1", DefaultAlias = "main", DefaultVia = "b", DefaultClass = "echo" };
        await using var device = Lab.Device(_line, settings, "a", "b");

        await device.ConnectAsync();

        Assert.That(device.Get<EchoConnection>("main").Via, Is.EqualTo("b"));
    }

    [Test]
    public async Task One_connection_may_be_made_under_several_aliases()
    {
        await using var device = Lab.Device(_line, "cli");

        await device.Connections.ConnectAsync(new ConnectOptions { Alias = "one", Via = "cli" });
        await device.Connections.ConnectAsync(new ConnectOptions { Alias = "two", Via = "cli" });

        Assert.That(device.Get<IEcho>("one"), Is.Not.SameAs(device.Get<IEcho>("two")));
    }

    [Test]
    public async Task Connecting_again_with_equal_settings_reconnects_and_with_others_throws_naming_which_differ()
    {
        await using var device = Lab.Device(_line, "cli");
        await device.ConnectAsync("cli");
        var first = device.Get<EchoConnection>("cli");
        await device.Connections.DisconnectAsync("cli");

        await device.ConnectAsync("cli");
        var error = Assert.ThrowsAsync<ConnectionException>(
            () => device.Connections.ConnectAsync(new ConnectOptions { Alias = "cli", PoolSize = 2 }));

        Assert.That(device.Get<EchoConnection>("cli"), Is.SameAs(first));
        Assert.That(first.IsConnected, Is.True);
        Assert.That(error!.Message, Does.Contain("'cli'").And.Contain("'r1'").And.Contain("pool_size"));
    }

    [Test]
    public async Task Arguments_of_a_call_replace_those_of_the_definition_and_stay()
    {
        await using var device = Lab.Device(_line, "cli");
        var asked = new ConnectOptions { Alias = "cli", Arguments = new Dictionary<string, string> { ["trace"] = "one.pcap" } };

        await device.Connections.ConnectAsync(asked);
        await device.ConnectAsync("cli");
        await device.Connections.ConnectAsync(asked with { Arguments = new Dictionary<string, string>(asked.Arguments) });
        var error = Assert.ThrowsAsync<ConnectionException>(
            () => device.Connections.ConnectAsync(asked with { Arguments = new Dictionary<string, string> { ["trace"] = "two.pcap" } }));

        Assert.That(device.Get<EchoConnection>("cli").Settings.Arguments, Is.EqualTo(asked.Arguments));
        Assert.That(error!.Message, Does.Contain("arguments").And.Not.Contain("pcap"));
    }

    [Test]
    public async Task Disconnecting_keeps_the_connection_and_destroying_removes_it()
    {
        await using var device = Lab.Device(_line, "cli");
        await device.ConnectAsync("cli");
        var connection = device.Get<EchoConnection>("cli");

        await device.Connections.DisconnectAsync("cli");
        Assert.That(device.Connections.IsConnected("cli"), Is.False);
        Assert.That(async () => await connection.EchoAsync("x").Within(), Throws.TypeOf<NotConnectedException>().With.Message.Contains("ConnectAsync"));

        await device.Connections.DestroyAsync("cli");
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Disposed));
        Assert.That(() => device.Get<IEcho>("cli"), Throws.TypeOf<UnknownAliasException>());
    }

    [Test]
    public async Task An_unknown_alias_throws_naming_those_that_exist_but_is_not_connected()
    {
        await using var device = Lab.Device(_line, "cli", "snmp");
        await device.ConnectAsync("cli");

        Assert.That(device.Connections.IsConnected("telnet"), Is.False);
        Assert.That(
            () => device.Get<IEcho>("telnet"),
            Throws.TypeOf<UnknownAliasException>().With.Message.Contains("'telnet'").And.Message.Contains("'cli'").And.Message.Contains("'snmp'"));
        Assert.That(
            async () => await device.ConnectAsync("telnet"),
            Throws.TypeOf<UnknownAliasException>().With.Message.Contains("'snmp'"));
    }

    [Test]
    public async Task An_alias_whose_first_connect_failed_does_not_stay()
    {
        _line.Opening = Task.FromException(new IOException("nobody there"));
        await using var device = Lab.Device(_line, "cli");

        Assert.That(
            async () => await device.ConnectAsync("cli"),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("'cli'").And.Message.Contains("nobody there"));
        Assert.That(device.Connections.Aliases, Is.Empty);
    }

    [Test]
    public async Task Instantiating_makes_a_connection_without_connecting_it()
    {
        await using var device = Lab.Device(_line, "cli");

        device.Connections.Instantiate(new ConnectOptions { Alias = "cli" });

        Assert.That(device.Connections.Aliases, Is.EqualTo(new[] { "cli" }));
        Assert.That(device.Get<EchoConnection>("cli").State, Is.EqualTo(ConnectionState.Disconnected));
        Assert.That(_line.OpenedCount, Is.Zero);
    }

    [Test]
    public async Task A_class_that_is_not_registered_is_an_error_that_names_those_that_are()
    {
        var settings = Lab.Settings("r1", "cli") with { Class = "nowhere.Nothing" };
        await using var device = new Device(
            new DeviceSettings { Name = "r1", Connections = new Dictionary<string, ConnectionSettings> { ["cli"] = settings } },
            new ConnectionClasses().Add("echo", own => new EchoConnection(own, _line)));

        Assert.That(
            async () => await device.ConnectAsync("cli"),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("nowhere.Nothing").And.Message.Contains("'echo'"));
    }

    [Test]
    public async Task Unicon_is_looked_up_by_the_protocol()
    {
        var settings = Lab.Settings("r1", "cli") with { Class = "unicon.Unicon", Protocol = "echo" };
        await using var device = new Device(
            new DeviceSettings { Name = "r1", Connections = new Dictionary<string, ConnectionSettings> { ["cli"] = settings } },
            new ConnectionClasses().Add("echo", own => new EchoConnection(own, _line)));

        await device.ConnectAsync("cli");

        Assert.That(device.Connections.IsConnected("cli"), Is.True);
    }

    [Test]
    public async Task Destroying_all_closes_every_connection()
    {
        var device = Lab.Device(_line, "a", "b", "c");
        foreach (var alias in new[] { "a", "b", "c" })
        {
            await device.ConnectAsync(alias);
        }

        await device.DisposeAsync();

        Assert.That(_line.ClosedCount, Is.EqualTo(3));
        Assert.That(device.Connections.Aliases, Is.Empty);
    }

    [Test]
    public void Settings_that_differ_in_a_secret_are_named_without_it()
    {
        var one = Lab.Settings("r1", "cli") with { Credentials = new Credentials { Username = "u", Password = new Secret("alpha-pass") } };
        var two = one with { Credentials = new Credentials { Username = "u", Password = new Secret("beta-pass") } };

        Assert.That(one.DifferencesFrom(two), Is.EqualTo(new[] { "credentials" }));
        Assert.That(one.ToString(), Does.Not.Contain("alpha-pass"));
        Assert.That(one, Is.EqualTo(two with { Credentials = new Credentials { Username = "u", Password = new Secret("alpha-pass") } }));
    }
}
