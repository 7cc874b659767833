using System.Text.Json;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.NetSnmp.Worker.Session;

namespace Connections.NetSnmp.Worker;

/// <summary>What a worker process does: it takes the settings of one session, and then request after request for it. One call at a time.</summary>
internal sealed class WorkerService : INetSnmpWorker, IDisposable
{
    private NetSnmpSession? _session;

    /// <summary>Loads the library and makes the session; nothing is sent.</summary>
    /// <param name="settings">What <see cref="WorkerSettings.ToBytes"/> wrote.</param>
    /// <returns><see cref="WorkerOutcome.Ready"/>, or why not.</returns>
    internal byte[] Configure(ReadOnlySpan<byte> settings)
    {
        try
        {
            var read = WorkerSettings.Read(settings);
            if (_session is not null)
            {
                return WorkerReply.Of(WorkerOutcome.Failed, "a worker serves one agent and credential, and this one has its own already");
            }

            _session = new NetSnmpSession(NetSnmpLibrary.Load(read.LibraryNames, read.Uses16BitIds), read);
            return WorkerReply.Of(WorkerOutcome.Ready);
        }
        catch (NetSnmpUnavailableException error)
        {
            return WorkerReply.Of(WorkerOutcome.Unavailable, error.Message);
        }
        catch (JsonException)
        {
            // What the reader says of it may quote a secret.
            return WorkerReply.Of(WorkerOutcome.Failed, "the settings of the worker cannot be read");
        }
    }

    /// <summary>Carries out a request.</summary>
    /// <param name="frame">A <see cref="WorkerRequest"/> with its message.</param>
    /// <param name="cancellationToken">Ends the wait for the agent.</param>
    /// <returns>A <see cref="WorkerOutcome"/> and what belongs to it; nothing if the wait was ended.</returns>
    internal byte[] Exchange(ReadOnlySpan<byte> frame, CancellationToken cancellationToken) => _session is { } session
        ? session.Exchange(frame, cancellationToken)
        : WorkerReply.Of(WorkerOutcome.Failed, "the worker has no settings yet");

    Task<byte[]> INetSnmpWorker.ConfigureAsync(ReadOnlyMemory<byte> settings, CancellationToken cancellationToken) =>
        Task.FromResult(Configure(settings.Span));

    Task<byte[]> INetSnmpWorker.ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        Task.FromResult(Exchange(frame.Span, cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _session?.Dispose();
}
