using Connections.Terminal;

namespace Connections.Tests.Terminal;

public sealed class TerminalOptionsTests
{
    [Test]
    public void The_arguments_of_a_testbed_are_read()
    {
        var options = TerminalOptions.From(Settings(("prompt", "^r1[>#] $"), ("timeout", "2.5")));

        Assert.That(options.Alias, Is.EqualTo("cli"));
        Assert.That(options.Device, Is.EqualTo("r1"));
        Assert.That(options.Prompt.IsMatch("r1# "), Is.True);
        Assert.That(options.Timeout, Is.EqualTo(TimeSpan.FromSeconds(2.5)));
    }

    [TestCase("timeout", "soon")]
    [TestCase("timeout", "0")]
    [TestCase("timeout", "-1")]
    [TestCase("timeout", "NaN")]
    [TestCase("timeout", "1e300")]
    [TestCase("timeout", "1e-300")]
    [TestCase("prompt", "(")]
    [TestCase("prompt", "(?=look)around")]
    public void A_malformed_argument_is_named_with_its_connection(string name, string value) =>
        Assert.That(
            () => TerminalOptions.From(Settings((name, value))),
            Throws.ArgumentException.With.Message.StartsWith($"The argument '{name}' of connection 'cli' of device 'r1' is '{value}': "));

    [Test]
    public void Limits_out_of_range_are_refused()
    {
        Assert.That(() => new TerminalOptions { Device = "r1", Timeout = TimeSpan.Zero }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TerminalOptions { Device = "r1", Timeout = TimeSpan.FromDays(2) }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TerminalOptions { Device = "r1", MaxOutput = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static ConnectionSettings Settings(params (string Name, string Value)[] arguments) => new()
    {
        DeviceName = "r1",
        Alias = "cli",
        Arguments = arguments.ToDictionary(static argument => argument.Name, static argument => argument.Value),
    };
}
