namespace Connections.Harness.Tests.Sharing;

/// <summary>Processes that take turns on one device, whatever they take turns by; the device tells whether they do.</summary>
public abstract class SharingFixture : IAsyncDisposable
{
    private readonly List<ToldProcess> _processes = [];
    private readonly ContestedDevice _device;
    private readonly TestbedFile _lab;

    protected SharingFixture(string sharedBy, string credentials = "{}")
    {
        _device = new ContestedDevice(Name);
        _lab = new TestbedFile($$"""
            testbed: { name: lab, credentials: {{credentials}} }
            devices:
              {{Name}}:
                shared: {{sharedBy}}
                connections:
                  snmp: { {{_device.Address}} }
                  plain: { {{_device.Address}}, shared: false }
            """);
    }

    /// <summary>A name that no other test has: locks are the machine's, or the server's.</summary>
    protected string Name { get; } = $"edge-{Guid.NewGuid():n}";

    protected string LockName => $"{Name}/snmp";

    private protected ContestedDevice Contested => _device;

    private protected TestbedFile OwnLab => _lab;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        MachineLocks.Forget(LockName);
        _lab.Dispose();
        await _device.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a process that is connected.</summary>
    private protected async Task<ToldProcess> StartAsync()
    {
        var process = await StartUnconnectedAsync();
        Assert.That(await process.AskAsync("connect"), Is.EqualTo("done"));
        return process;
    }

    /// <summary>Starts a process that has only read its testbed.</summary>
    private protected async Task<ToldProcess> StartUnconnectedAsync()
    {
        var process = await ToldProcess.StartAsync(SharingProgram.Argument, _lab.Path);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process that is inside the device.</summary>
    private protected async Task<ToldProcess> StartInsideAsync()
    {
        var process = await StartAsync();
        Assert.That(await process.AskAsync("enter 60000"), Is.EqualTo("done"));
        Assert.That(_device.Holds(process.Id), Is.True);
        return process;
    }

    /// <summary>Waits until the device was entered so often.</summary>
    private protected async Task EntriesAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (_device.Entries.Length < count)
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Runs <c>connections locks</c>, and gives what it tells of the lock of the device.</summary>
    private protected async Task<Outcome> LocksAsync(params string[] arguments) =>
        await ConnectionsProcess.RunAsync(["locks", "-t", _lab.Path, .. arguments]);
}
