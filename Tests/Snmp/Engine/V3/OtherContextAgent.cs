using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>An agent that is asked in one context, and answers with all that is right but, if told so, in another.</summary>
internal sealed class OtherContextAgent : IAsyncDisposable
{
    public static readonly SnmpValue Value = SnmpValue.OctetString("a name");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly SnmpUser _user;
    private readonly UsmAuthority _authority;
    private readonly Task _serving;
    private volatile Context _context = new(null, null);

    public OtherContextAgent(SnmpUser user)
    {
        _user = user;
        _authority = new UsmAuthority(SnmpEngineId.Create(8072, "engine"u8), boots: 1, [user], TimeProvider.System);
        _serving = ServeAsync();
    }

    public SnmpTarget Target(SnmpOptions options) => SnmpdUsers.Target(_user, (IPEndPoint)_socket.Client.LocalEndPoint!, options);

    /// <summary>What answers speak of from now on; <see langword="null"/> for what they were asked.</summary>
    public void AnswerAs(string? context, SnmpEngineId? engine) => _context = new Context(context, engine);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _authority.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var request = await _socket.ReceiveAsync(_stop.Token);
            await _socket.SendAsync(Answer(request.Buffer, _context), request.RemoteEndPoint, _stop.Token);
        }
    }

    private byte[] Answer(byte[] request, Context context)
    {
        Assert.That(SecuredMessageReader.TryRead(request, out var message), Is.EqualTo(SnmpParseError.None));
        var buffer = new byte[2_000];
        int length;
        if (_authority.Process(message, new byte[request.Length], out var scoped, out _, out var report) == UsmVerdict.Report)
        {
            Assert.That(_authority.TryWriteReport(buffer, message, scoped.Header.RequestId, report, out length), Is.True);
            return buffer[..length];
        }

        var asked = new VarBindReader(scoped.Header.VarBinds);
        Assert.That(asked.TryRead(out var slice), Is.True);
        Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(SnmpParseError.None));
        scoped.ContextName = context.Name is null ? scoped.ContextName : Encoding.UTF8.GetBytes(context.Name);
        scoped.ContextEngineId = context.Engine is { } engine ? engine.Octets : scoped.ContextEngineId;
        var writer = _authority.BeginResponse(buffer, message, scoped);
        Assert.That(writer.TryAdd(varBind.Oid, Value), Is.True);
        Assert.That(_authority.TryCompleteResponse(ref writer, buffer, message, out length), Is.True);
        return buffer[..length];
    }

    private sealed record Context(string? Name, SnmpEngineId? Engine);
}
