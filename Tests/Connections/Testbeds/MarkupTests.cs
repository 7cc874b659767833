using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

public class MarkupTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["LAB_IP"] = "192.0.2.7", ["LAB_EMPTY"] = "", ["LAB_KEY"] = "port" };

    private static readonly TestbedOptions Options = new()
    {
        Environment = Environment.GetValueOrDefault,
        CommandLine = ["run", "--one", "1", "-flag", "--many", "a", "-5", "--with=x=y", "--one", "2"],
        Ask = question => $"<{question.Prompt}>",
    };

    private static TestbedMapping CustomOf(string custom, string device = "r1") => Testbed.Parse($$"""
        testbed: { name: lab1 }
        values: { port: 1161, both: { a: 1, b: 2 }, via: "%{values.port}", names: "%{values.both}" }
        devices:
          {{device}}:
            type: router
            custom: { {{custom}} }
        """, "lab.yaml", Options).Devices[device].Custom;

    private static string ValueOf(string markup) => CustomOf($"x: \"{markup}\"").Entries["x"].ToString()!;

    [TestCase("%ENV{LAB_IP}", "192.0.2.7")]
    [TestCase("%ENV{ LAB_IP }", "192.0.2.7")]
    [TestCase("udp://%ENV{LAB_IP}:%ENV{LAB_PORT, 161}/", "udp://192.0.2.7:161/")]
    [TestCase("%ENV{LAB_EMPTY}", "")]
    [TestCase("%ENV{LAB_NONE,}", "")]
    [TestCase("%ENV{LAB_NONE, a, b}", "a, b")]
    [TestCase("%{testbed.name}", "lab1")]
    [TestCase("%{testbed.name}-%{values.port}", "lab1-1161")]
    [TestCase("%{values.via}", "1161")]
    [TestCase("%{self}", "r1")]
    [TestCase("sim-%{self}-%{self.type}", "sim-r1-router")]
    [TestCase("100% {sure}", "100% {sure}")]
    [TestCase("%{values.%ENV{LAB_KEY}}", "1161")]
    [TestCase("%ENV{LAB_NONE, %{testbed.name}-%ENV{LAB_IP}}", "lab1-192.0.2.7")]
    [TestCase("%ENV{LAB_IP, %ENV{LAB_NONE}}", "192.0.2.7")]
    [TestCase("%{values.names.b}", "2")]
    [TestCase("%ASK{who, {me}?}", "<who, {me}?>")]
    [TestCase("%ASK{the user of %{self}}", "<the user of r1>")]
    [TestCase("%ASK{}!", "<>!")]
    [TestCase("%CLI{one}", "2")]
    [TestCase("%CLI{with}", "x=y")]
    [TestCase("%CLI{--with}", "x=y")]
    [TestCase("%CLI{flag}", "true")]
    [TestCase("%CLI{none}", "")]
    [TestCase("no%CLI{none}thing", "nothing")]
    public void Markup_is_replaced(string markup, string value) => Assert.That(ValueOf(markup), Is.EqualTo(value));

    [Test]
    public void A_reference_alone_takes_over_a_whole_mapping()
    {
        var taken = (TestbedMapping)CustomOf("x: \"%{values.both}\"").Entries["x"];
        Assert.Multiple(() =>
        {
            Assert.That(taken.Entries.Keys, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(taken.Entries["b"].Path, Is.EqualTo("devices.r1.custom.x.b"));
        });
    }

    [Test]
    public void A_reference_passes_through_names_with_dots() =>
        Assert.That(
            CustomOf("x: \"%{devices.r1.lab.example.type}\"", "r1.lab.example").Entries["x"].ToString(),
            Is.EqualTo("router"));

    [Test]
    public void What_the_environment_holds_is_not_markup()
    {
        var testbed = Testbed.Parse("devices: { r1: { type: \"%ENV{X}\" } }", "lab.yaml", new TestbedOptions { Environment = _ => "%ENV{Y}" });
        Assert.That(testbed.Devices["r1"].Type, Is.EqualTo("%ENV{Y}"));
    }

    [TestCase("%ENV{LAB_NONE}", "the environment variable LAB_NONE is not set; set it, or give a default: %ENV{LAB_NONE, default}")]
    [TestCase("%ENV{}", "names no variable")]
    [TestCase("%ENV{LAB_IP", "the markup %ENV{ has no closing brace")]
    [TestCase("%{values.port", "the markup %{ has no closing brace")]
    [TestCase("%{values.porter}", "%{values.porter} refers to nothing in this testbed")]
    [TestCase("%{values.port.x}", "refers to nothing")]
    [TestCase("%{}", "refers to nothing")]
    [TestCase("a%{values.both}", "%{values.both} is a mapping; within a text it must be a single value")]
    [TestCase("%{devices}", "leads back to itself")]
    [TestCase("%CLI{}", "%CLI{} names no option")]
    [TestCase("a%CLI{many}", "%CLI{many} is a list; within a text it must be a single value")]
    [TestCase("a%INCLUDE{other.yaml}", "%INCLUDE{} stands for the content of a file, so it must be the whole value")]
    [TestCase("%CALLABLE{os.getcwd}", "%CALLABLE{} is refused: a testbed runs no code; compute the value outside and use %ENV{NAME}")]
    [TestCase("ssh %CALLABLE{lab.pick(a,b)} -v", "%CALLABLE{} is refused")]
    [TestCase("%{values.%CALLABLE{x}}", "%CALLABLE{} is refused")]
    [TestCase("%ENV{LAB_NONE, %ENC{x}}", "%ENC{} is refused")]
    [TestCase("%ENC{abc}", "%ENC{} is refused: it hides a secret only from sight; use %ENV{NAME} or %ASK{}")]
    [TestCase("x%ENC{abc, prefix=x}", "%ENC{} is refused")]
    [TestCase("%INTF{uplink}", "%INTF{} is refused: logical interfaces are not looked up")]
    [TestCase("%EVN{LAB_IP}", "there is no markup %EVN{}; %{path.of.keys}, %{self}, %ENV{NAME}, %ENV{NAME, default}, %ASK{prompt}, %CLI{name} and %INCLUDE{file} are understood")]
    public void Markup_that_cannot_be_followed_is_an_error_with_its_place(string markup, string message)
    {
        var error = Assert.Throws<TestbedException>(() => Testbed.Parse(
            $$"""
            values: { port: 1161, both: { a: 1 } }
            devices:
              r1:
                type: "{{markup}}"
            """, "lab.yaml", Options))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain(message));
            Assert.That((error.File, error.Line, error.Key), Is.EqualTo(("lab.yaml", 4, "devices.r1.type")));
        });
    }

    [Test]
    public void References_in_a_circle_are_an_error() =>
        Assert.That(
            () => Testbed.Parse("""
                a: "%{b}"
                b: "x%{a}"
                devices: { r1: }
                """),
            Throws.TypeOf<TestbedException>().With.Message.Contains("leads back to itself"));

    [Test]
    public void An_option_with_several_values_is_a_list() =>
        Assert.That(
            ((TestbedSequence)CustomOf("x: \"%CLI{many}\"").Entries["x"]).Items.Select(item => item.ToString()),
            Is.EqualTo(new[] { "a", "-5" }));

    [Test]
    public void An_option_that_is_not_there_leaves_the_default()
    {
        var testbed = Testbed.Parse("devices: { r1: { connections: { snmp: { port: \"%CLI{port}\" } } } }", "lab.yaml", Options);
        Assert.That(testbed.Devices["r1"].Connections["snmp"].Port, Is.Null);
    }

    [Test]
    public void A_question_tells_what_it_is_for_and_is_asked_once()
    {
        var questions = new List<TestbedQuestion>();
        var options = new TestbedOptions
        {
            Ask = question =>
            {
                questions.Add(question);
                return "answer";
            },
        };
        var testbed = Testbed.Parse("""
            testbed:
              credentials:
                default:
                  username: "%ASK{name}"
                  password: &password "%ASK{word}"
            devices:
              r1:
                custom: { again: "%{testbed.credentials.default.password}", aliased: *password }
                connections: { cli: }
            """, "lab.yaml", options);
        Assert.Multiple(() =>
        {
            Assert.That(testbed.Devices["r1"].Connections["cli"].Credentials, Is.EqualTo(new Credentials { Username = "answer", Password = new Secret("answer") }));
            Assert.That(questions, Is.EqualTo(new[]
            {
                new TestbedQuestion("name", "lab.yaml", 4, "testbed.credentials.default.username", IsSecret: false),
                new TestbedQuestion("word", "lab.yaml", 5, "testbed.credentials.default.password", IsSecret: true),
            }));
        });
    }

    [Test]
    public void Nobody_to_ask_is_an_error() =>
        Assert.That(
            () => Testbed.Parse("devices: { r1: { type: \"%ASK{what is it?}\" } }", "lab.yaml"),
            Throws.TypeOf<TestbedException>().With.Message.EqualTo(
                "lab.yaml:1: devices.r1.type: %ASK{} needs a person to ask, and this program asks nobody (TestbedOptions.Ask); use %ENV{NAME}"));

    [Test]
    public void A_question_without_an_answer_is_an_error() =>
        Assert.That(
            () => Testbed.Parse("devices: { r1: { type: \"%ASK{what is it?}\" } }", "lab.yaml", new TestbedOptions { Ask = _ => null }),
            Throws.TypeOf<TestbedException>().With.Message.EqualTo("lab.yaml:1: devices.r1.type: the question 'what is it?' was not answered"));

    [TestCase("%{l11}")]
    [TestCase("[\"%{l11}\", \"%{l11}\"]")]
    public void References_that_multiply_are_stopped(string last)
    {
        var levels = Enumerable.Range(1, 11).Select(level => $"l{level}: \"{string.Concat(Enumerable.Repeat($"%{{l{level - 1}}}", 10))}\"");
        Assert.That(
            () => Testbed.Parse($"l0: \"\"\n{string.Join('\n', levels)}\nlast: {(last[0] == '[' ? last : $"\"{last}\"")}\ndevices: {{ r1: }}\n"),
            Throws.TypeOf<TestbedException>().With.Message.Contains("the testbed is too large"));
    }

    [Test]
    public void Markup_within_markup_without_end_is_stopped()
    {
        var nested = string.Concat(Enumerable.Repeat("%{", 100_000));
        Assert.That(
            () => Testbed.Parse($"devices: {{ r1: {{ type: \"{nested}\" }} }}"),
            Throws.TypeOf<TestbedException>().With.Message.Contains("markup stands within markup more than 16 levels deep"));
    }

    [Test]
    public void Markup_in_the_name_of_a_key_is_refused() =>
        Assert.That(
            () => Testbed.Parse("devices: { r1: { custom: { \"%ENV{LAB_KEY}\": 1 } } }", "lab.yaml", Options),
            Throws.TypeOf<TestbedException>().With.Message.Contains("this is markup in the name of a key; write the name itself"));
}
