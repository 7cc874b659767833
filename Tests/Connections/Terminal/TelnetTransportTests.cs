using System.Net;
using System.Net.Sockets;
using Connections.Terminal;

namespace Connections.Tests.Terminal;

public sealed class TelnetTransportTests
{
    private TcpListener _listener = null!;
    private TelnetTransport _transport = null!;
    private Socket _server = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        var endPoint = (IPEndPoint)_listener.LocalEndpoint;
        _transport = new TelnetTransport(endPoint.Address.ToString(), endPoint.Port);
        await _transport.OpenAsync().Within();
        _server = await _listener.AcceptSocketAsync().Within();
    }

    [TearDown]
    public void Dispose()
    {
        _transport.Dispose();
        _server.Dispose();
        _listener.Dispose();
    }

    [Test]
    public async Task Ends_of_lines_and_lone_carriage_returns_are_sent_as_the_protocol_has_them()
    {
        var expected = "žluť\r\na\r\0b\u0003"u8.ToArray();

        await _transport.WriteAsync("žluť\na\rb\u0003").Within();

        Assert.That(await ReceiveAsync(expected.Length), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_character_that_comes_in_pieces_is_read_whole()
    {
        var reading = _transport.ReadAsync();
        foreach (var part in "馬"u8.ToArray())
        {
            Assert.That(reading.IsCompleted, Is.False);
            await _server.SendAsync(new[] { part }).Within();
        }

        Assert.That(await reading.Within(), Is.EqualTo("馬"));
    }

    [Test]
    public async Task Negotiation_is_answered_and_never_read()
    {
        var reading = _transport.ReadAsync();
        await _server.SendAsync(new byte[] { 255, 253, 24 }).Within();

        Assert.That(await ReceiveAsync(3), Is.EqualTo(new byte[] { 255, 252, 24 }));
        Assert.That(reading.IsCompleted, Is.False);

        await _server.SendAsync("text"u8.ToArray()).Within();
        Assert.That(await reading.Within(), Is.EqualTo("text"));
    }

    [Test]
    public async Task A_cancelled_read_leaves_what_comes_later_for_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        var cut = _transport.ReadAsync(cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(async () => await cut.Within(), Throws.InstanceOf<OperationCanceledException>());

        await _server.SendAsync("text"u8.ToArray()).Within();

        Assert.That(await _transport.ReadAsync().Within(), Is.EqualTo("text"));
    }

    [Test]
    public void A_server_that_closes_is_told()
    {
        _server.Shutdown(SocketShutdown.Both);

        Assert.That(async () => await _transport.ReadAsync().Within(), Throws.TypeOf<EndOfStreamException>());
    }

    [Test]
    public void Disposing_ends_a_read()
    {
        var reading = _transport.ReadAsync();

        _transport.Dispose();

        Assert.That(async () => await reading.Within(), Throws.TypeOf<SocketException>().Or.TypeOf<ObjectDisposedException>());
    }

    [TestCase("", 23)]
    [TestCase("r1", 0)]
    [TestCase("r1", 65536)]
    public void An_address_that_cannot_be_is_refused(string host, int port) =>
        Assert.That(() => new TelnetTransport(host, port), Throws.InstanceOf<ArgumentException>());

    private async Task<byte[]> ReceiveAsync(int count)
    {
        var received = new byte[count];
        using var stream = new NetworkStream(_server);
        await stream.ReadExactlyAsync(received).Within();
        return received;
    }
}
