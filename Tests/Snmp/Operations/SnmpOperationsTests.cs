using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

/// <summary>
/// What every agent must be asked and must answer. Each derived class names an agent, or what speaks to it; its tests are the same, over all
/// versions and both address families.
/// </summary>
[TestFixture(SnmpVersion.V1, AddressFamily.InterNetwork)]
[TestFixture(SnmpVersion.V1, AddressFamily.InterNetworkV6)]
[TestFixture(SnmpVersion.V2c, AddressFamily.InterNetwork)]
[TestFixture(SnmpVersion.V2c, AddressFamily.InterNetworkV6)]
[TestFixture(SnmpVersion.V3, AddressFamily.InterNetwork)]
[TestFixture(SnmpVersion.V3, AddressFamily.InterNetworkV6)]
public abstract partial class SnmpOperationsTests(SnmpVersion version, AddressFamily family)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly Oid System = Oid.Parse("1.3.6.1.2.1.1");
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly Oid SysObjectId = Oid.Parse("1.3.6.1.2.1.1.2.0");
    private static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");
    private static readonly Oid SysContact = Oid.Parse("1.3.6.1.2.1.1.4.0");
    private static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");
    private static readonly Oid SysLocation = Oid.Parse("1.3.6.1.2.1.1.6.0");
    private static readonly Oid IfNumber = Oid.Parse("1.3.6.1.2.1.2.1.0");
    private static readonly Oid IfIndex = Oid.Parse("1.3.6.1.2.1.2.2.1.1");
    private static readonly Oid IfDescr = Oid.Parse("1.3.6.1.2.1.2.2.1.2");
    private static readonly Oid IfXEntry = Oid.Parse("1.3.6.1.2.1.31.1.1.1");
    private static readonly Oid IfHcInOctets = Oid.Parse("1.3.6.1.2.1.31.1.1.1.6");
    private static readonly Oid NoInstance = Oid.Parse("1.3.6.1.2.1.1.1.77");
    private static readonly Oid NoObject = Oid.Parse("1.3.6.1.2.1.777.1.0");

    private IPEndPoint _agent = null!;
    private TestClient _client = null!;

    /// <summary>What the agent under test says it is.</summary>
    protected abstract string Description { get; }

    /// <summary>A root that the last of what it has lies under, some hundred variables.</summary>
    protected abstract Oid LastRoot { get; }

    /// <summary>What it is spoken to in.</summary>
    protected virtual string Transport => "udp";

    /// <summary>Where the agent under test answers; <c>public</c> may read, <c>private</c> may write, and so may the users that stand for them.</summary>
    protected abstract IPEndPoint Locate(AddressFamily family);

    /// <summary>What speaks to it: a connection that is not connected yet.</summary>
    protected virtual BaseConnection Make(ConnectionSettings settings) => new SnmpConnection(settings);

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _agent = Locate(family);
        _client = await OpenAsync(_agent);
    }

    [OneTimeTearDown]
    public async Task DisconnectAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }

    private bool IsV1 => version == SnmpVersion.V1;

    private Task<TestClient> OpenWriterAsync() => OpenAsync(_agent, "private");

    private Task<TestClient> OpenAsync(IPEndPoint agent, string community = "public", TimeSpan? timeout = null, int retries = 3) =>
        TestClient.OpenAsync(Make(TestConnection.Settings(agent, version, community, timeout, retries, Transport))).WaitAsync(Bound);

    // The slow and certain way to walk: one GETNEXT after the other.
    private async Task<List<VarBind>> StepAsync(Oid start, int steps)
    {
        var found = new List<VarBind>();
        for (var oid = start; found.Count < steps; oid = found[^1].Oid)
        {
            found.Add(await _client.GetNextAsync(oid).AsTask().WaitAsync(Bound));
        }

        return found;
    }

    // The end of the view, as the version tells it.
    private async Task AssertNothingFollowsAsync(Oid last)
    {
        if (IsV1)
        {
            Assert.That(
                async () => await _client.GetNextAsync(last).AsTask().WaitAsync(Bound),
                Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.NoSuchName)
                    .And.Property("Index").EqualTo(1));
            return;
        }

        Assert.That(await _client.GetNextAsync(last).AsTask().WaitAsync(Bound), Is.EqualTo(new VarBind(last, SnmpValue.EndOfMibView)));
    }

    private static Task<List<VarBind>> ListAsync(IAsyncEnumerable<VarBind> walk) => walk.ToListAsync().AsTask().WaitAsync(Bound);

    // Values move on between two walks, most of all the time itself; what is there does not.
    private static IEnumerable<(Oid, SnmpType)> Shape(IEnumerable<VarBind> varBinds) =>
        varBinds.Select(static varBind => (varBind.Oid, varBind.Value.Type));
}
