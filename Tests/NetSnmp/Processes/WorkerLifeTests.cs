using System.Net;
using System.Net.Sockets;
using Connections.Native.Rpc;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;
using Connections.Tests;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>One worker process: how it ends, and what its caller hears of that.</summary>
internal sealed class WorkerLifeTests
{
    private static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");

    private SnmpAgent _agent = null!;
    private SimulatedDevice _device = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _device = _agent.Add(new SimulatedDeviceOptions { Name = "router-1", Data = SyntheticDevice.Create("router-1", seed: 1, interfaces: 4) });
    }

    [TearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    [Test]
    public async Task A_worker_ends_with_its_connection_and_nobody_is_left()
    {
        await using var connection = await OpenAsync(_device.EndPoint);
        var worker = connection.WorkerProcessId;
        Assert.That(Workers.Running(), Is.EqualTo(new[] { worker }));
        var sockets = Workers.Sockets(worker!.Value);
        Assert.That(sockets.Concat(Workers.Names()), Is.Not.Empty.And.All.Matches<string>(File.Exists));
        Assert.That(sockets, Is.Not.Empty);

        await connection.DisconnectAsync().WaitAsync(Workers.Bound);

        Assert.That((connection.WorkerProcessId, connection.State), Is.EqualTo(((int?)null, ConnectionState.Disconnected)));
        Assert.That(Workers.Running(), Is.Empty);
        Assert.That(Workers.Zombies(), Is.Zero);
        Assert.That(sockets.Where(File.Exists).Concat(Workers.Names()), Is.Empty);
        await connection.ConnectAsync().WaitAsync(Workers.Bound);
        Assert.That((await connection.GetAsync(SysName).AsTask().WaitAsync(Workers.Bound)).Value.ToText(), Is.EqualTo("router-1"));
        Assert.That(connection.WorkerProcessId, Is.Not.EqualTo(worker));
    }

    [Test]
    public async Task A_call_whose_worker_is_killed_fails_at_once_and_names_the_process()
    {
        using var silent = SilentAgent();
        await using var connection = await OpenAsync((IPEndPoint)silent.LocalEndPoint!, TimeSpan.FromMinutes(30));
        var worker = connection.WorkerProcessId!.Value;
        var call = connection.GetAsync(SysName).AsTask();
        await silent.ReceiveAsync(new byte[2048]).WaitAsync(Workers.Bound);

        Workers.Kill(worker);

        var error = Assert.ThrowsAsync<ServerDiedException>(() => call.WaitAsync(Workers.Bound));
        Assert.That(error!.Message, Does.Contain($"{worker}").And.Contain("signal 9").And.Contain("router-1"));
        Assert.That((error.Alias, error.Device, error.IsTransient), Is.EqualTo(("snmp", "router-1", true)));
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Faulted));
        Assert.That(connection.LastError, Is.TypeOf<ServerDiedException>());
        Assert.That(async () => await connection.GetAsync(SysName), Throws.TypeOf<NotConnectedException>());
    }

    [Test]
    public async Task A_worker_that_dies_while_nobody_calls_faults_its_connection()
    {
        await using var connection = await OpenAsync(_device.EndPoint);

        Workers.Kill(connection.WorkerProcessId!.Value);

        await Eventually.UntilAsync(() => connection.State == ConnectionState.Faulted);
        Assert.That(connection.LastError, Is.TypeOf<ServerDiedException>());
        await connection.ConnectAsync().WaitAsync(Workers.Bound);
        Assert.That((await connection.GetAsync(SysName).AsTask().WaitAsync(Workers.Bound)).Value.ToText(), Is.EqualTo("router-1"));
    }

    [Test]
    public async Task A_call_whose_worker_is_stopped_ends_at_its_deadline_and_the_worker_is_replaced()
    {
        await using var device = await Workers.ConnectAsync(_device.EndPoint, workers: 1, timeout: TimeSpan.FromMilliseconds(200));
        var client = device.Get<ISnmpClient>("snmp");
        var worker = Workers.Running()[0];
        Workers.Stop(worker);

        Assert.That(
            async () => await client.GetAsync(SysName).AsTask().WaitAsync(Workers.Bound),
            Throws.TypeOf<SnmpTimeoutException>().With.Message.Contains($"worker process {worker}").And.Message.Contains("stopped or stuck"));

        Assert.That((await client.GetAsync(SysName).AsTask().WaitAsync(Workers.Bound)).Value.ToText(), Is.EqualTo("router-1"));
        Assert.That(Workers.Running(), Has.Length.EqualTo(1).And.None.EqualTo(worker));
        Assert.That(Workers.Zombies(), Is.Zero);
    }

    [Test]
    public async Task Disposing_a_connection_ends_a_call_that_is_under_way()
    {
        using var silent = SilentAgent();
        var connection = await OpenAsync((IPEndPoint)silent.LocalEndPoint!, TimeSpan.FromMinutes(30));
        var call = connection.GetAsync(SysName).AsTask();
        await silent.ReceiveAsync(new byte[2048]).WaitAsync(Workers.Bound);

        await connection.DisposeAsync().AsTask().WaitAsync(Workers.Bound);

        Assert.That(async () => await call.WaitAsync(Workers.Bound), Throws.TypeOf<NotConnectedException>());
        Assert.That(Workers.Running(), Is.Empty);
    }

    [Test]
    public async Task A_call_after_a_cancelled_one_is_served_by_the_same_worker()
    {
        await using var connection = await OpenAsync(_device.EndPoint, TimeSpan.FromMinutes(30));
        var worker = connection.WorkerProcessId;
        using var cancellation = new CancellationTokenSource();
        _device.Latency = TimeSpan.FromHours(1);
        var call = connection.GetAsync(SysName, cancellation.Token).AsTask();
        await Eventually.UntilAsync(() => _device.InFlight == 1);

        await cancellation.CancelAsync();

        Assert.That(async () => await call.WaitAsync(Workers.Bound), Throws.InstanceOf<OperationCanceledException>());
        _device.Latency = TimeSpan.Zero;
        Assert.That((await connection.GetAsync(SysName).AsTask().WaitAsync(Workers.Bound)).Value.ToText(), Is.EqualTo("router-1"));
        Assert.That(connection.WorkerProcessId, Is.EqualTo(worker));
    }

    private static async Task<NetSnmpConnection> OpenAsync(IPEndPoint agent, TimeSpan? timeout = null)
    {
        var connection = new NetSnmpConnection(TestConnection.Settings(agent, timeout: timeout ?? TimeSpan.FromSeconds(30), retries: 0));
        await connection.ConnectAsync().WaitAsync(Workers.Bound);
        return connection;
    }

    private static Socket SilentAgent()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
