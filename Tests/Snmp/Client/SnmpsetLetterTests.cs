using System.Collections.Concurrent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Client;

/// <summary>The type letters mean what they mean to Net-SNMP's snmpset: its packets carry the same values.</summary>
public sealed class SnmpsetLetterTests
{
    [TestCase('i', "-2147483648")]
    [TestCase('i', "5")]
    [TestCase('u', "4294967295")]
    [TestCase('t', "4294967295")]
    [TestCase('a', "192.0.2.1")]
    [TestCase('o', "1.3.6.1.4.1.99999")]
    [TestCase('s', "a text with blanks")]
    [TestCase('x', "00 1A 2B FF")]
    [TestCase('d', "0 26 255")]
    [TestCase('b', "0 3 15")]
    [TestCase('n', "")]
    [TestCase('F', "-12.5")]
    [TestCase('D', "1e300")]
    [TestCase('U', "300")]
    [TestCase('I', "-300")]
    public async Task A_letter_and_a_text_make_the_value_that_snmpset_sends(char letter, string text)
    {
        var received = new ConcurrentQueue<SnmpValue>();
        await using var responder = new Responder((self, request) =>
        {
            received.Enqueue(request.VarBinds[0].Value);
            self.Reply(request, request.Response([.. request.VarBinds]));
        });

        var (_, _, errors) = await NetSnmpTool.RunAsync(
            "snmpset", "2c", "private", responder.EndPoint, Responder.Instance.ToString(), letter.ToString(), text);

        Assert.That(received, Is.Not.Empty, errors);
        Assert.That(SnmpValueText.Parse(letter, text), Is.EqualTo(received.First()));
    }
}
