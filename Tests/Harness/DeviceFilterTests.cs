using Connections.Harness.Labs;
using Connections.Testbeds;

namespace Connections.Harness.Tests;

public class DeviceFilterTests
{
    private static readonly Testbed Testbed = Testbed.Parse(
        """
        devices:
          edge1: { alias: uut, type: router, role: edge }
          edge2: { type: router, role: edge }
          core1: { type: router, role: core }
          access1: { type: switch, role: access }
          odd: {}
        """,
        "lab.yaml");

    [TestCase("", "", "", "edge1 edge2 core1 access1 odd")]
    [TestCase("core1 edge1", "", "", "core1 edge1")]
    [TestCase("uut edge1 edge*", "", "", "edge1 edge2")]
    [TestCase("*1", "", "", "edge1 core1 access1")]
    [TestCase("?dd edge?", "", "", "odd edge1 edge2")]
    [TestCase("", "router", "", "edge1 edge2 core1")]
    [TestCase("", "router switch", "", "edge1 edge2 core1 access1")]
    [TestCase("", "r*", "edge", "edge1 edge2")]
    [TestCase("*1", "router", "core access", "core1")]
    public void Devices_are_those_of_any_name_that_are_of_a_type_and_in_a_role(string names, string types, string roles, string chosen) =>
        Assert.That(Filter(names, types, roles).Apply(Testbed).Select(device => device.Name), Is.EqualTo(chosen.Split(' ')));

    [TestCase("egde*", "", "", "the name of no device matches 'egde*'; there are edge1, edge2, core1, access1, odd.")]
    [TestCase("", "rotuer", "", "no device has the type 'rotuer'; there are router, switch.")]
    [TestCase("", "", "spine", "no device has the role 'spine'; there are edge, core, access.")]
    [TestCase("core*", "switch", "", "no device is all of that: --device core*, --type switch.")]
    public void What_no_device_is_is_refused_with_what_there_is(string names, string types, string roles, string message) =>
        Assert.That(() => Filter(names, types, roles).Apply(Testbed), Throws.TypeOf<UsageException>().With.Message.EqualTo($"lab.yaml: {message}"));

    [Test]
    public void A_name_is_not_taken_for_a_pattern() =>
        Assert.That(() => Filter("edge", "", "").Apply(Testbed), Throws.TypeOf<UnknownDeviceException>().With.Message.Contains("did you mean 'edge1'?"));

    private static DeviceFilter Filter(string names, string types, string roles) => new(Words(names), Words(types), Words(roles));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
