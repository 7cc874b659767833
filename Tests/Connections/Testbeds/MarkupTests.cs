using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

public class MarkupTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["LAB_IP"] = "192.0.2.7", ["LAB_EMPTY"] = "" };

    private static TestbedMapping CustomOf(string custom, string device = "r1") => Testbed.Parse($$"""
        testbed: { name: lab1 }
        values: { port: 1161, both: { a: 1, b: 2 }, via: "%{values.port}" }
        devices:
          {{device}}:
            type: router
            custom: { {{custom}} }
        """, "lab.yaml", Environment.GetValueOrDefault).Devices[device].Custom;

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
        var testbed = Testbed.Parse("devices: { r1: { type: \"%ENV{X}\" } }", "lab.yaml", _ => "%ENV{Y}");
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
    [TestCase("%ASK{who}", "%ASK{} is refused: a testbed is read without a person to ask; use %ENV{NAME}")]
    [TestCase("%CLI{x}", "%CLI{} is refused")]
    [TestCase("%INCLUDE{other.yaml}", "%INCLUDE{} is refused")]
    [TestCase("%CALLABLE{os.getcwd}", "%CALLABLE{} is refused")]
    [TestCase("%ENC{abc}", "%ENC{} is refused")]
    [TestCase("%EVN{LAB_IP}", "there is no markup %EVN{}")]
    public void Markup_that_cannot_be_followed_is_an_error_with_its_place(string markup, string message)
    {
        var error = Assert.Throws<TestbedException>(() => Testbed.Parse(
            $$"""
            values: { port: 1161, both: { a: 1 } }
            devices:
              r1:
                type: "{{markup}}"
            """, "lab.yaml", Environment.GetValueOrDefault))!;
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
}
