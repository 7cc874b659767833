using Connections.NetSnmp.Sharing;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol.Usm;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>An agent that tells what it was asked, and processes that share a pool of connections to it.</summary>
public abstract class ServeFixture : IAsyncDisposable
{
    protected const int Workers = 5;
    protected const int Processes = 8;
    protected const string SysName = "1.3.6.1.2.1.1.5.0";

    private readonly SnmpAgent _agent = new();
    private readonly List<ConnectionsProcess> _processes = [];
    private readonly List<string> _arrived = [];
    private readonly SimulatedDevice _device;
    private readonly TestbedFile _lab;

    protected ServeFixture()
    {
        _device = _agent.Add(new SimulatedDeviceOptions
        {
            Name = "edge1",
            Data = SyntheticDevice.Create("edge1", 1),
            Observer = Note,
            Users = [new SnmpUser("admin")
            {
                Authentication = AuthenticationProtocol.Sha256,
                AuthenticationKey = UsmKey.Password("maplesyrup"),
                Privacy = PrivacyProtocol.Aes128,
                PrivacyKey = UsmKey.Password("pancakes-with-syrup"),
            }],
        });
        _lab = Lab("timeout: 60, retries: 0");
    }

    private protected SimulatedDevice Device => _device;

    private protected TestbedFile OwnLab => _lab;

    public virtual async ValueTask DisposeAsync()
    {
        _processes.ForEach(static process => process.Dispose());
        _lab.Dispose();
        await _agent.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the agent was asked for, in that order.</summary>
    protected string[] Arrived
    {
        get
        {
            lock (_arrived)
            {
                return [.. _arrived];
            }
        }
    }

    protected static string OidOf(int number) => $"1.3.6.1.2.1.1.{number}.0";

    private void Note(ArrivedRequest request)
    {
        lock (_arrived)
        {
            _arrived.Add(request.FirstName.ToString());
        }
    }

    /// <summary>A testbed whose only connection leads to the agent.</summary>
    private protected TestbedFile Lab(string arguments, int workers = Workers) => new($$"""
        testbed: { name: lab }
        devices:
          edge1:
            connections:
              snmp: { protocol: snmp, ip: {{_device.EndPoint.Address}}, port: {{_device.EndPoint.Port}}, pool_size: {{workers}}, shared: true, {{arguments}} }
        """);

    /// <summary>Starts a process that serves the pool of a testbed, and waits until it does.</summary>
    private protected async Task<ConnectionsProcess> ServeAsync(TestbedFile? lab = null)
    {
        var host = Start("serve", (lab ?? _lab).Path);
        Assert.That(await host.ReadLineAsync(), Does.StartWith($"serving edge1/snmp ({_device.EndPoint}) with "));
        lock (_arrived)
        {
            // What connecting asked.
            _arrived.Clear();
        }

        return host;
    }

    /// <summary>Starts a process for each worker, whose requests the agent has got, and answers none.</summary>
    private protected async Task<List<ConnectionsProcess>> FillAsync()
    {
        Device.Loss = 1;
        var before = Device.Lost;
        var processes = Enumerable.Range(0, Workers).Select(_ => Get(SysName)).ToList();
        await Eventually.UntilAsync(() => Device.Lost - before == Workers);
        await UntilAsync(static pool => pool.Busy == Workers);
        return processes;
    }

    private protected ConnectionsProcess Get(string oid, TestbedFile? lab = null) => Start("get", "-t", (lab ?? _lab).Path, oid);

    private protected ConnectionsProcess Start(params string[] arguments)
    {
        var process = ConnectionsProcess.Start(arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until the pool stands as is wanted.</summary>
    protected async Task UntilAsync(Func<SharedPoolStatus, bool> condition)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!(await SharedSnmpPool.ListAsync(limit.Token)).Any(pool => pool.Name.Contains($"{_device.EndPoint}", StringComparison.Ordinal) && condition(pool)))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }
}
