using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

public abstract partial class SnmpOperationsTests
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromMilliseconds(200);

    [Test]
    public async Task A_wrong_community_or_user_gets_nothing_and_the_error_says_what_may_be_wrong()
    {
        await using var stranger = await OpenAsync(_agent, "outsider", ShortTimeout, retries: 1);

        Assert.That(
            async () => await stranger.GetAsync(SysDescr).AsTask().WaitAsync(Bound),
            version == SnmpVersion.V3 ? Throws.TypeOf<SnmpUnknownUserException>().With.Message.Contains("outsider") : Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(Transport == "tcp" ? 1 : 2)
                .And.Message.Contains("community").And.Message.Contains(_agent.ToString()).And.Message.Not.Contains("outsider"));
        Assert.That((await _client.GetAsync(SysDescr).AsTask().WaitAsync(Bound)).Value.ToText(), Is.EqualTo(Description));
    }

    [Test]
    public async Task A_walk_by_a_wrong_community_or_user_fails_instead_of_being_empty()
    {
        await using var stranger = await OpenAsync(_agent, "outsider", ShortTimeout, retries: 0);

        var error = version == SnmpVersion.V3 ? typeof(SnmpUnknownUserException) : typeof(SnmpTimeoutException);
        Assert.That(async () => await ListAsync(stranger.BulkWalkAsync(System)), Throws.TypeOf(error));
        Assert.That(async () => await ListAsync(stranger.WalkAsync(System)), Throws.TypeOf(error));
    }

    [Test]
    public async Task A_dead_port_gets_no_answer_and_the_error_names_it()
    {
        using var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(_agent.Address, 0));
        var dead = (IPEndPoint)socket.LocalEndPoint!;
        socket.Close();
        await using var client = await OpenAsync(dead, "public", ShortTimeout, retries: 0);

        Assert.That(
            async () => await client.GetAsync(SysDescr).AsTask().WaitAsync(Bound),
            Throws.TypeOf<SnmpTimeoutException>().With.Message.Contains(dead.ToString()).And.Property("EndPoint").EqualTo(dead));
    }

    [Test]
    public async Task A_cancelled_call_ends_at_once_and_disturbs_no_other()
    {
        using var silent = SilentSocket();
        await using var client = await OpenAsync((IPEndPoint)silent.LocalEndPoint!, "public", TimeSpan.FromMinutes(10), retries: 0);
        using var cancellation = new CancellationTokenSource();
        var call = client.GetAsync(SysDescr, cancellation.Token).AsTask();
        using var peer = Transport == "tcp" ? await silent.AcceptAsync().WaitAsync(Bound) : null;
        await (peer ?? silent).ReceiveAsync(new byte[2048]).WaitAsync(Bound);

        await cancellation.CancelAsync();

        Assert.That(async () => await call.WaitAsync(Bound), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await _client.GetAsync(SysDescr).AsTask().WaitAsync(Bound)).Value.ToText(), Is.EqualTo(Description));
    }

    private Socket SilentSocket()
    {
        var socket = Transport == "tcp"
            ? new Socket(family, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(_agent.Address, 0));
        if (Transport == "tcp")
        {
            socket.Listen();
        }

        return socket;
    }
}
