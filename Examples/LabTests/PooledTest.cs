using Connections.Pools;
using Connections.Snmp;

namespace LabTests;

/// <summary>A test that reads from the device under test: it has a session of the pool to itself from beginning to end, first come first served.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class PooledTest : IAsyncDisposable
{
    private readonly List<string> _asked = [];
    private ConnectionLease<ISnmpClient>? _lease;

    /// <summary>The session.</summary>
    protected ISnmpClient Snmp => _lease!.Client;

    // Under the test's name, so that who waits in vain is told which test is in the way.
    [SetUp]
    public async Task LeaseAsync() => _lease = await LabSetup.Uut.LeaseAsync<ISnmpClient>("snmp", member: TestContext.CurrentContext.Test.Name);

    [TearDown]
    public async Task AttachAsync()
    {
        if (_asked.Count == 0)
        {
            return;
        }

        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{TestContext.CurrentContext.Test.ID}.txt");
        await File.WriteAllLinesAsync(file, _asked);
        TestContext.AddTestAttachment(file, "What the device answered");
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Keeps what the device answered, to be attached to the test's result.</summary>
    protected void Note(object answer) => _asked.Add($"{answer}");
}
