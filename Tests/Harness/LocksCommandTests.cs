using Connections.Native.Sync;

namespace Connections.Harness.Tests;

[Platform("Linux")]
public sealed class LocksCommandTests
{
    private readonly string _name = $"locks-command-{Guid.NewGuid():n}";
    private HybridLock _lock = null!;

    [SetUp]
    public void SetUp() => _lock = new HybridLock(_name, HybridLockMode.ConnectOrCreate);

    [TearDown]
    public void TearDown() => _lock.Dispose();

    [Test]
    public async Task It_shows_who_has_a_lock()
    {
        _lock.Lock();

        var outcome = await ConnectionsProcess.RunAsync("locks");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        Assert.That(outcome.Lines.Single(line => line.Contains(_name, StringComparison.Ordinal)), Does.Contain($"process {Environment.ProcessId} "));
    }

    [Test]
    public async Task As_JSON_it_tells_the_same()
    {
        _lock.Lock();

        var outcome = await ConnectionsProcess.RunAsync("locks", "--json");

        var record = outcome.Json.Single(record => record.GetProperty("lock").GetString() == _name);
        Assert.That(record.GetProperty("owner").GetProperty("pid").GetInt32(), Is.EqualTo(Environment.ProcessId));
        Assert.That(record.GetProperty("owner").GetProperty("alive").GetBoolean(), Is.True);
        Assert.That(record.GetProperty("waiters").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_lock_that_is_broken_tells_its_former_owner()
    {
        _lock.Lock();

        var outcome = await ConnectionsProcess.RunAsync("locks", "--break", _name);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.Contain(_name).And.Contain($"process {Environment.ProcessId} "));
        Assert.That(_lock.Unlock, Throws.TypeOf<LockBrokenException>());
    }

    [Test]
    public async Task To_break_a_lock_that_does_not_exist_fails()
    {
        var outcome = await ConnectionsProcess.RunAsync("locks", "--break", _name + "x");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain($"no lock '{_name}x'"));
    }
}
