using Connections.Testbeds;
using Connections.Tests.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Lab = Connections.Testbeds.Lab;

namespace Connections.Tests.Testbeds;

/// <summary>The devices of a testbed as one thing, and as services of a host.</summary>
public sealed class LabTests
{
    private const string Text = """
        devices:
          r1:
            alias: edge
            connections:
              echo: {class: echo, host: 192.0.2.1}
          r2:
            connections:
              echo: {class: echo, host: 192.0.2.2, pool_size: 2}
        """;

    private EchoDevice _line = null!;
    private ConnectionClasses _classes = null!;

    [SetUp]
    public void SetUp()
    {
        _line = new EchoDevice();
        _classes = new ConnectionClasses().Add("echo", settings => new EchoConnection(settings, _line));
    }

    [Test]
    public async Task A_device_is_made_once_and_found_by_its_name_and_its_alias()
    {
        await using var lab = new Lab(Testbed.Parse(Text), _classes);

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => lab.GetDevice(number % 2 == 0 ? "r1" : "edge"))));

        Assert.That(found.Distinct().Count(), Is.EqualTo(1));
        Assert.That(lab.Devices.Select(static device => device.Name), Is.EqualTo(new[] { "r1", "r2" }));
        Assert.That(() => lab.GetDevice("r3"), Throws.TypeOf<UnknownDeviceException>());
    }

    [Test]
    public async Task Disposing_destroys_all_connections_and_makes_no_more()
    {
        var lab = new Lab(Testbed.Parse(Text), _classes);
        var (r1, r2) = (lab.GetDevice("r1"), lab.GetDevice("r2"));
        await Task.WhenAll(r1.ConnectAsync("echo"), r2.ConnectAsync("echo")).Within();

        await lab.DisposeAsync();
        await lab.DisposeAsync();

        Assert.That((_line.OpenedCount, _line.ClosedCount), Is.EqualTo((3, 3)));
        Assert.That(() => lab.GetDevice("r1"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => r1.ConnectAsync("echo"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Simulated_devices_are_started_when_first_asked_for_and_ended_after_their_connections()
    {
        var simulator = new EchoSimulator(_line);
        await using (var lab = new Lab(Testbed.Parse(Text + "\n    simulated: {latency: 0.5}\n"), _classes, simulators: [simulator]))
        {
            Assert.That(lab.GetDevice("edge").Settings.Connections["echo"].Host, Is.EqualTo("192.0.2.1"));
            Assert.That(simulator.Started, Is.Empty);
            await lab.GetDevice("r2").ConnectAsync("echo").Within();

            Assert.That(lab.GetDevice("r2").Settings.Connections["echo"].Host, Is.EqualTo("played"));
            Assert.That(simulator.Started, Is.EqualTo(new[] { "r2" }));
        }

        Assert.That(simulator.ClosedAtTheEnd, Is.EqualTo(2));
    }

    [Test]
    public async Task A_host_provides_the_lab_and_disposes_it()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, Text);
        var log = new RecordedLog();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddProvider(log);
        builder.Services.AddConnections(options =>
        {
            options.TestbedPath = file;
            options.Classes.Add("echo", settings => new EchoConnection(settings, _line));
        });
        using (var host = builder.Build())
        {
            var lab = host.Services.GetRequiredService<Lab>();
            Assert.That(host.Services.GetRequiredService<Lab>(), Is.SameAs(lab));
            Assert.That(host.Services.GetRequiredService<Testbed>(), Is.SameAs(lab.Testbed));
            await lab.GetDevice("r1").ConnectAsync("echo").Within();
            Assert.That(log.Messages, Has.One.EqualTo("Connection 'echo' of device 'r1' is Connected"));
            await ((IAsyncDisposable)host).DisposeAsync().AsTask().Within();
        }

        Assert.That(_line.ClosedCount, Is.EqualTo(1));
        File.Delete(file);
    }

    [Test]
    public void A_host_that_names_no_testbed_is_told()
    {
        using var provider = new ServiceCollection().AddConnections(static _ => { }).BuildServiceProvider();

        Assert.That(
            provider.GetRequiredService<Lab>,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("set TestbedPath where AddConnections is called"));
    }

    /// <summary>Counts what it plays, and what was closed when it was ended.</summary>
    private sealed class EchoSimulator(EchoDevice line) : IDeviceSimulator
    {
        public List<string> Started { get; } = [];

        public int? ClosedAtTheEnd { get; private set; }

        public DeviceSettings Start(DeviceDefinition device, DeviceSettings settings)
        {
            Started.Add($"{device.Name}");
            return settings with
            {
                Connections = settings.Connections.ToDictionary(static entry => entry.Key, static entry => entry.Value with { Host = "played" }),
            };
        }

        public ValueTask DisposeAsync()
        {
            ClosedAtTheEnd = line.ClosedCount;
            return ValueTask.CompletedTask;
        }
    }
}
