using System.Net;
using Connections.Snmp.Notifications;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>A listener for each test, on a loopback port that the system chooses.</summary>
/// <param name="portable">Whether the sockets are those of systems without faster calls.</param>
internal abstract class ListenerFixture(bool portable = false)
{
    protected static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private SnmpNotificationListener? _listener;
    private IAsyncEnumerator<SnmpNotification>? _notifications;

    protected bool Portable { get; } = portable;

    protected SnmpNotificationListener Listener => _listener ?? Listen(new SnmpNotificationListenerOptions());

    protected IPEndPoint EndPoint => Listener.EndPoints[0];

    protected SnmpNotificationListener Listen(SnmpNotificationListenerOptions options)
    {
        Assert.That(_listener, Is.Null, "one listener a test");
        _listener = new SnmpNotificationListener(options with
        {
            EndPoints = options.EndPoints ?? [new IPEndPoint(IPAddress.Loopback, 0)],
            Portable = Portable,
        });
        _notifications = _listener.ReadAllAsync().GetAsyncEnumerator();
        return _listener;
    }

    protected async Task<SnmpNotification> NextAsync()
    {
        Assert.That(await _notifications!.MoveNextAsync().AsTask().WaitAsync(Bound), Is.True, "the listener has ended");
        return _notifications.Current;
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        if (_notifications is not null)
        {
            await _notifications.DisposeAsync();
        }

        _listener = null;
    }
}
