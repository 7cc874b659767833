using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Connections.Collector.Bus;

/// <summary>
/// One connection to the broker with one channel on it, opened when it is needed first, and again whenever it was lost, with growing delays. Not the client's own recovery: what was
/// under way on a lost channel must be known to be lost. Thread-safe.
/// </summary>
internal sealed class RabbitLink : IAsyncDisposable
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    // The client may wait without an end for a broker that refuses in the middle of it.
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(30);

    private readonly RabbitSettings _settings;
    private readonly string _purpose;
    private readonly CreateChannelOptions? _options;
    private readonly Func<IChannel, RabbitSettings, CancellationToken, Task> _prepare;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly ResiliencePipeline _patience;
    private IConnection? _connection;
    private volatile IChannel? _channel;
    private volatile bool _isDisposed;

    /// <summary>Makes a link, which is not open yet.</summary>
    /// <param name="settings">Where the broker is.</param>
    /// <param name="purpose">What the link is for, in words for logs and the broker's list of connections.</param>
    /// <param name="confirms">Whether publishing waits for the broker's confirmation.</param>
    /// <param name="logger">Where losses are told.</param>
    /// <param name="prepare">What is done with a new channel first; if this is null, the queues are made.</param>
    internal RabbitLink(
        RabbitSettings settings, string purpose, bool confirms, ILogger logger, Func<IChannel, RabbitSettings, CancellationToken, Task>? prepare = null)
    {
        _prepare = prepare ?? RabbitTopology.DeclareAsync;
        _settings = settings;
        _purpose = purpose;
        _logger = logger;
        _options = confirms ? new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true) : null;
        _patience = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(error => !_isDisposed && RabbitErrors.IsTransient(error)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(5),
            UseJitter = true,
            OnRetry = Tell,
        }).Build();
    }

    /// <summary>Opens the channel in one attempt.</summary>
    /// <exception cref="BrokerException">The broker is away, or refuses.</exception>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            await OpenAsync(cancellationToken);
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error))
        {
            throw new BrokerException(
                $"The {_settings.Broker} cannot be used for {_purpose}: {RabbitErrors.ReasonOf(error)} See that it runs, and that its address, the user and the names of queues are right.", error);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The open channel; a new one if the last was lost.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled while the broker was away.</exception>
    internal async ValueTask<IChannel> GetAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _channel is { IsOpen: true } opened ? opened : await _patience.ExecuteAsync(OpenAsync, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Does something on the channel, on a new one again where that was lost under it.</summary>
    internal ValueTask RunAsync(Func<IChannel, CancellationToken, Task> body, CancellationToken cancellationToken) => _patience.ExecuteAsync(
        async token =>
        {
            var channel = await GetAsync(token);
            await UseAsync(channel, body(channel, token));
        },
        cancellationToken);

    /// <summary>Gives a channel up: the next use opens a new one, on a new connection. What was not acknowledged on the old one is delivered again.</summary>
    internal void Discard(IChannel channel) => Interlocked.CompareExchange(ref _channel, null, channel);

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await CloseAsync();
        _opening.Dispose();
    }

    private async ValueTask<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        var connecting = Task.Run(() => ConnectAsync(cancellationToken), cancellationToken);
        try
        {
            (_connection, var channel) = await connecting.WaitAsync(OpenWithin, cancellationToken);
            _channel = channel;
            CollectorLog.BrokerFound(_logger, _settings.Broker, _purpose);
            return channel;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            _ = AbandonAsync(connecting);
            throw;
        }
    }

    private async Task<(IConnection Connection, IChannel Channel)> ConnectAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(_settings.Uri),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ClientProvidedName = $"collector {Environment.MachineName}/{Environment.ProcessId}: {_purpose}",
        };
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var channel = await connection.CreateChannelAsync(_options, cancellationToken);
            await UseAsync(channel, _prepare(channel, _settings, cancellationToken));
            return (connection, channel);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    // Of a channel that the broker closes, the client may tell only that it is disposed.
    private static async Task UseAsync(IChannel channel, Task use)
    {
        try
        {
            await use;
        }
        catch (ObjectDisposedException) when (channel.CloseReason is { } reason)
        {
            throw new OperationInterruptedException(reason);
        }
    }

    /// <summary>Closes what is connected too late, if it ever is.</summary>
    private async Task AbandonAsync(Task<(IConnection Connection, IChannel Channel)> connecting)
    {
        try
        {
            var (connection, _) = await connecting;
            await CloseAsync(connection);
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error) || error is OperationCanceledException)
        {
            CollectorLog.NotClosed(_logger, RabbitErrors.ReasonOf(error));
        }
    }

    private async Task CloseAsync()
    {
        var connection = Interlocked.Exchange(ref _connection, null);
        _channel = null;
        if (connection is not null)
        {
            await CloseAsync(connection);
        }
    }

    // What is being thrown away has often failed already: how it closes does not matter. One whose channel the broker has closed may not come to its end at all.
    private async Task CloseAsync(IConnection connection)
    {
        try
        {
            await Task.Run(() => EndAsync(connection)).WaitAsync(2 * CloseWithin);
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error) || error is OperationCanceledException)
        {
            CollectorLog.NotClosed(_logger, RabbitErrors.ReasonOf(error));
        }
    }

    private static async Task EndAsync(IConnection connection)
    {
        await using (connection)
        {
            await connection.CloseAsync(CloseWithin);
        }
    }

    private ValueTask Tell(OnRetryArguments<object> retry)
    {
        CollectorLog.BrokerLost(
            _logger, _settings.Broker, _purpose, retry.AttemptNumber + 1, retry.RetryDelay.TotalSeconds, RabbitErrors.ReasonOf(retry.Outcome.Exception!));
        return ValueTask.CompletedTask;
    }
}
