using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

/// <summary>
/// Receives traps and informs of SNMPv1, SNMPv2c and SNMPv3 (RFC 3413 section 3.4) on one thread, and keeps them in a bounded queue until they are read. An inform is acknowledged
/// once it is in the queue; while there is no room it is not, so that its sender repeats it. Thread-safe.
/// </summary>
/// <example><code>
/// await using var listener = new SnmpNotificationListener();
/// await foreach (var notification in listener.ReadAllAsync(cancellationToken))
/// {
///     Console.WriteLine(notification);
/// }
/// </code></example>
public sealed partial class SnmpNotificationListener : IAsyncDisposable
{
    private const int MostDuplicates = 65_536;

    private readonly SnmpNotificationListenerOptions _options;
    private readonly NotificationQueue _queue;
    private readonly NotificationReceiver _receiver;
    private readonly NotificationMetrics _metrics;
    private readonly IDatagramPoller _poller;
    private readonly IReadOnlyList<IDatagramSocket> _sockets;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    /// <summary>Starts listening.</summary>
    /// <param name="options">How it works, and whom it hears; the defaults if null.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range, or a user is invalid.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The platform does not have an algorithm of a user.</exception>
    /// <exception cref="SnmpException">An end point cannot be bound: it is in use, or needs privileges.</exception>
    public SnmpNotificationListener(SnmpNotificationListenerOptions? options = null)
    {
        _options = options ?? new SnmpNotificationListenerOptions();
        _options.Validate();
        _queue = new NotificationQueue(_options.QueueCapacity, _options.MaxQueuedBytes);
        _duplicates = new DuplicateFilter(_options.DuplicateWindow, MostDuplicates, _options.TimeProvider);
        _drops = new DropLog(_options.Logger, _options.TimeProvider);
        _receiver = new NotificationReceiver(_options);
        _sockets = OpenSockets();
        EndPoints = [.. _sockets.Select(static socket => socket.LocalEndPoint)];
        _poller = DatagramTransport.CreatePoller(_options.Portable);
        _metrics = new NotificationMetrics(() => Statistics);
        new Thread(Run) { Name = "notifications", IsBackground = true }.Start();
    }

    /// <summary>Where the listener listens, with the ports that the system chose.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; }

    /// <summary>What the listener has done so far. The numbers are read one after the other, while it works on.</summary>
    public SnmpNotificationStatistics Statistics => _counters.Read(_queue);

    /// <summary>
    /// Gives each notification to exactly one reader, in the order in which they came. The sequence ends when the listener is disposed and everything was read.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait at any moment; what was not read stays in the queue.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The system failed a socket; the listener has stopped.</exception>
    public IAsyncEnumerable<SnmpNotification> ReadAllAsync(CancellationToken cancellationToken = default) => _queue.ReadAllAsync(cancellationToken);

    /// <summary>Stops listening. What is in the queue can still be read.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _poller.Wake();
        await _completion.Task.ConfigureAwait(false);
        _metrics.Dispose();
    }

    private IReadOnlyList<IDatagramSocket> OpenSockets()
    {
        try
        {
            return NotificationSockets.Open(_options);
        }
        catch (SnmpException)
        {
            _receiver.Dispose();
            throw;
        }
    }
}
