using Connections.Snmp.Agent;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Formatting;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Formatting;

/// <summary>What Net-SNMP's tools print of every form of value and index, sound and broken, this library prints, letter by letter.</summary>
public sealed class NetSnmpFormTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private SnmpAgent _agent = null!;
    private MibTree _tree = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _agent = new SnmpAgent();
        _tree = await new MibLoader().LoadAsync(FormattedDevice.ModulePath, new MibLoadOptions { Publish = false }).WaitAsync(Limit);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    [TestCase("")]
    [TestCase("n")]
    [TestCase("f")]
    [TestCase("s")]
    [TestCase("S")]
    [TestCase("u")]
    [TestCase("e")]
    [TestCase("x")]
    [TestCase("a")]
    [TestCase("X")]
    [TestCase("t")]
    [TestCase("q")]
    [TestCase("Q")]
    [TestCase("v")]
    [TestCase("U")]
    [TestCase("T")]
    [TestCase("b")]
    [TestCase("E")]
    [TestCase("0")]
    [TestCase("fX")]
    [TestCase("sX")]
    [TestCase("uX")]
    [TestCase("Xt")]
    [TestCase("Xq")]
    [TestCase("X0")]
    [TestCase("nq")]
    [TestCase("sqet")]
    [TestCase("vqU")]
    [TestCase("xT")]
    [TestCase("xq")]
    [TestCase("qt")]
    public async Task Every_line_is_that_of_snmpwalk(string letters)
    {
        var isBracketed = letters.Contains('X');
        var device = _agent.Add(new SimulatedDeviceOptions { Name = $"forms {letters}", Data = FormattedDevice.Data(isBracketed) });
        var printed = await NamingTool.WalkAsync(device.EndPoint, letters, Path.GetDirectoryName(FormattedDevice.ModulePath)!, "FORMAT-TEST-MIB").WaitAsync(Limit);
        var text = new VarBindText(VarBindTextOptions.Parse(letters), _tree);

        Assert.That(PrintedLines.Differences(FormattedDevice.VarBinds(isBracketed), text, printed), Is.Empty);
    }

    [Test]
    public void Letters_that_mean_nothing_are_refused_with_those_that_do() =>
        Assert.That(() => VarBindTextOptions.Parse("nZ"), Throws.TypeOf<SnmpParseException>().With.Message.StartsWith("'Z' is no form").And.Message.Contains("n numbers"));

    [Test]
    public void Every_letter_that_is_offered_is_understood() =>
        Assert.That(VarBindTextOptions.Letters.Select(static letter => VarBindTextOptions.Parse(letter.ToString())).Distinct().Count(), Is.GreaterThanOrEqualTo(VarBindTextOptions.Letters.Length - 1));

    [Test]
    public void The_exceptions_are_written_in_words()
    {
        var text = new VarBindText(tree: _tree);
        var oid = Oid.Parse("1.3.6.1.4.1.99999.1.0");

        Assert.That(text.Format(new VarBind(oid, SnmpValue.NoSuchObject)), Is.EqualTo("FORMAT-TEST-MIB::valueInteger.0 = No Such Object available on this agent at this OID"));
        Assert.That(text.Format(new VarBind(oid, SnmpValue.NoSuchInstance)), Does.EndWith(" = No Such Instance currently exists at this OID"));
        Assert.That(text.Format(new VarBind(oid, SnmpValue.EndOfMibView)), Does.EndWith("(It is past the end of the MIB tree)"));
    }

    [Test]
    public void A_terminal_is_not_commanded()
    {
        var text = new VarBindText(tree: _tree);

        Assert.That(text.FormatValue(new VarBind(Oid.Parse("1.3.6.1.4.1.99999.14.0"), SnmpValue.OctetString("\u001b[2J\u009b"))), Is.EqualTo("STRING: .[2J."));
    }
}
