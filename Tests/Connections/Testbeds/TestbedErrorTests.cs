using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

public class TestbedErrorTests
{
    private static readonly TestbedOptions NoEnvironment = new() { Environment = _ => null };

    private static TestbedException ErrorOf(string yaml) =>
        Assert.Throws<TestbedException>(() => Testbed.Parse(yaml, "lab.yaml", NoEnvironment))!;

    private static string Connection(string settings) => $$"""
        devices:
          r1:
            connections:
              snmp: { {{settings}} }
        """;

    [TestCase("pool_size: five", "pool_size", "'five' is not valid here; expected a whole number from 1 to 10000")]
    [TestCase("pool_size: 0", "pool_size", "'0' is not valid here; expected a whole number from 1 to 10000")]
    [TestCase("pool_size: [1]", "pool_size", "this is a list; expected a single value")]
    [TestCase("pool_timeout: soon", "pool_timeout", "'soon' is not valid here; expected a time in seconds, up to 86400, such as 2.5")]
    [TestCase("pool_timeout: -1", "pool_timeout", "'-1' is not valid here; expected a time in seconds, up to 86400, such as 2.5")]
    [TestCase("pool_timeout: NaN", "pool_timeout", "'NaN' is not valid here; expected a time in seconds, up to 86400, such as 2.5")]
    [TestCase("port: 65536", "port", "'65536' is not valid here; expected a whole number from 1 to 65535")]
    [TestCase("arguments: [a]", "arguments", "this is a list; expected names with values")]
    [TestCase("pool_sise: 5", "pool_sise", "'pool_sise' is no setting of a connection; did you mean 'pool_size'?")]
    [TestCase("arguments: { a: 1 }, a: 2", "a", "'a' is given twice: once here and once under 'arguments'")]
    public void A_wrong_value_names_file_line_key_and_what_is_expected(string settings, string key, string message)
    {
        var error = ErrorOf(Connection(settings));
        Assert.Multiple(() =>
        {
            Assert.That((error.File, error.Line, error.Key), Is.EqualTo(("lab.yaml", 4, $"devices.r1.connections.snmp.{key}")));
            Assert.That(error.Message, Is.EqualTo($"lab.yaml:4: devices.r1.connections.snmp.{key}: {message}"));
        });
    }

    [TestCase("", null, "empty")]
    [TestCase("# nothing\n", null, "empty")]
    [TestCase("devices:\n", 1, "at least one device")]
    [TestCase("devices: 5", 1, "this is a single value; expected a mapping of names to devices")]
    [TestCase("- a", 1, "this is a list; expected a mapping")]
    [TestCase("deviecs: {}\n", 1, "did you mean 'devices'?")]
    [TestCase("devices:\n  r1: {}\n  r1: {}\n", 3, "devices.r1: this key stands twice; it was first given on line 2")]
    [TestCase("devices:\n  r1:\n    connections: { a: [ }\n", 3, "no valid YAML")]
    [TestCase("devices:\n\tr1: {}\n", 2, "indented with a tab")]
    [TestCase("devices:\n  r1: { a: [1, 2\n  r2: {}\n", 2, "a bracket or a quote that opens on this line may not be closed")]
    [TestCase("devices:\n  r1: {}\n r2: {}\n", 3, "no valid YAML")]
    [TestCase("devices: { r1: }\n---\ndevices: { r2: }\n", 2, "one document")]
    [TestCase("devices: { r1: *nobody }\n", 1, "*nobody refers to no anchor above it")]
    [TestCase("devices: { [a]: b }\n", 1, "a key must be a single value")]
    [TestCase("devices: { r1: !!python/object:os.system {} }\n", 1, "tag")]
    [TestCase("devices: { r1: !special {} }\n", 1, "the tag !special is not understood")]
    [TestCase("devices:\n  r1: &a { custom: *a }\n", 2, "*a refers to no anchor")]
    [TestCase("extends: nowhere.yaml\ndevices: { r1: }\n", 1, "extends: 'nowhere.yaml': there is no such file")]
    [TestCase("devices: { r1: { extends: base.yaml } }\n", 1, "'extends' stands at the top of a file")]
    [TestCase("devices:\n  r1: { <<: 5 }\n", 2, "'<<' takes over the keys of a mapping, but this is a single value")]
    [TestCase("devices:\n  r1: { alias: x }\n  r2: { alias: x }\n", 3, "'x' is a name or alias of the device 'r1' already")]
    [TestCase("devices:\n  r1: { alias: r2 }\n  r2: {}\n", 3, "'r2' is a name or alias of the device 'r1' already")]
    [TestCase("devices:\n  r1: { simulated: perhaps }\n", 2, "'perhaps' is not valid here; expected true or false")]
    [TestCase("devices:\n  r1: { simulated: { latancy: 1 } }\n", 2, "no option 'latancy'; it has interfaces, latency, loss, snmprec, terminal; did you mean 'latency'?")]
    [TestCase("devices:\n  r1: { simulated: { loss: 2 } }\n", 2, "a share from 0 to 1")]
    [TestCase("devices:\n  r1: { connections: { defaults: { via: snpm }, snmp: } }\n", 2, "'snpm' is no connection of this device; it has snmp; did you mean 'snmp'?")]
    [TestCase("devices:\n  r1: { defaults: { via: cli } }\n", 2, "'cli' is no connection of this device; it has none")]
    public void A_testbed_that_makes_no_sense_is_refused_with_its_place(string yaml, int? line, string message)
    {
        var error = ErrorOf(yaml);
        Assert.Multiple(() =>
        {
            Assert.That((error.File, error.Line), Is.EqualTo(("lab.yaml", line)));
            Assert.That(error.Message, Does.Contain(message));
        });
    }

    [Test]
    public void Aliases_that_multiply_are_stopped()
    {
        var levels = Enumerable.Range(1, 12).Select(level => $"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]");
        var error = ErrorOf($"l0: &l0 [x]\n{string.Join('\n', levels)}\ndevices: {{ r1: }}\n");
        Assert.That(error.Message, Does.Contain("the testbed is too large"));
    }

    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public void Nesting_without_end_is_stopped(char open, char close)
    {
        var nested = open == '[' ? new string('[', 5_000) : string.Concat(Enumerable.Repeat("{a: ", 5_000));
        Assert.That(ErrorOf($"a: {nested}{close}").Message, Does.Contain("nested more than 64 levels deep"));
    }

    [Test]
    public void Arbitrary_text_is_a_testbed_or_a_testbed_error()
    {
        const string Alphabet = "a: \n-{}[]&*!|>'\"%#,<~\t\\0ENV";
        var random = new Random(20_240_607);
        for (var round = 0; round < 4_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                Testbed.Parse(round % 2 == 0 ? text : $"devices:\n  r1:\n    connections: {text}", "lab.yaml", NoEnvironment);
            }
            catch (TestbedException error)
            {
                Assert.That(error.File, Is.EqualTo("lab.yaml"), text);
            }
        }
    }
}
