using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Formatting;
using Connections.Snmp.Protocol;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Mibs.Formatting;

/// <summary>
/// All that a real snmpd has, printed by Net-SNMP's tools and by this library with the same modules. It is recorded once, so that nothing changes between the walks.
/// </summary>
public sealed class SnmpdWalkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private readonly List<VarBind> _varBinds = [];
    private SnmpAgent _agent = null!;
    private SimulatedDevice _copy = null!;
    private MibTree _tree = null!;

    [OneTimeSetUp]
    public async Task RecordAsync()
    {
        _tree = await new MibLoader().LoadAsync(TestServer.MibFolders, new MibLoadOptions { Publish = false, WithBuiltIn = false }).WaitAsync(Limit);
        await using (var engine = new SnmpEngine())
        {
            var client = new SnmpClient(engine, new SnmpTarget(TestServer.Snmpd));
            _varBinds.AddRange(await client.BulkWalkAsync(Oid.Parse("1.3.6.1")).ToListAsync().AsTask().WaitAsync(Limit));
        }

        _agent = new SnmpAgent();
        _copy = _agent.Add(new SimulatedDeviceOptions { Name = "copy", Data = new MibData(_varBinds.Select(static varBind => new MibVariable(varBind.Oid, varBind.Value))) });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    [TestCase("")]
    [TestCase("n")]
    [TestCase("f")]
    [TestCase("s")]
    [TestCase("e")]
    [TestCase("x")]
    [TestCase("X")]
    [TestCase("q")]
    [TestCase("v")]
    [TestCase("t")]
    [TestCase("u")]
    [TestCase("sQUe")]
    public async Task Every_line_is_that_of_snmpwalk(string letters)
    {
        var printed = await NamingTool.WalkAsync(_copy.EndPoint, letters, Folders, Modules).WaitAsync(Limit);

        Assert.That(PrintedLines.Differences(_varBinds, new VarBindText(VarBindTextOptions.Parse(letters), _tree), printed), Is.Empty);
    }

    [Test]
    public void More_than_three_thousand_lines_have_the_name_of_an_object() =>
        Assert.That(_varBinds.Count(varBind => _tree.FindNearest(varBind.Oid) is { Kind: MibNodeKind.Column or MibNodeKind.Scalar }), Is.GreaterThan(3_000), $"of {_varBinds.Count}");

    // Of several files with the same module this library takes the first, and Net-SNMP the last.
    private static string Folders => string.Join(':', TestServer.MibFolders.Reverse());

    // Of several modules with the same name of an object, both take the first.
    private string Modules => string.Join(':', _tree.Modules.Select(static module => module.Name));
}
