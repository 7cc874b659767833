using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

public class AgentAddressTests
{
    [TestCase("192.0.2.1", "192.0.2.1", null)]
    [TestCase("192.0.2.1:1161", "192.0.2.1", 1161)]
    [TestCase("router.lab.example:161", "router.lab.example", 161)]
    [TestCase("2001:db8::1", "2001:db8::1", null)]
    [TestCase("[2001:db8::1]", "2001:db8::1", null)]
    [TestCase("[2001:db8::1]:1161", "2001:db8::1", 1161)]
    [TestCase("::1", "::1", null)]
    public void A_host_may_have_a_port(string text, string host, int? port) =>
        Assert.That(AgentAddress.Parse(text), Is.EqualTo((host, port)));

    [TestCase("")]
    [TestCase(":161")]
    [TestCase("host:")]
    [TestCase("host:0")]
    [TestCase("host:65536")]
    [TestCase("host:+1")]
    [TestCase("two words")]
    public void Anything_else_is_refused(string text) =>
        Assert.That(() => AgentAddress.Parse(text), Throws.TypeOf<UsageException>());
}
