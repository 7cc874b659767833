using System.Diagnostics;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp.Worker.Session;

/// <summary>
/// The library's session with one agent, which is opened with the first request and again after it was lost. Synchronous; one thread at a time. What the
/// agent says comes back as a <see cref="WorkerOutcome"/> and what belongs to it, and no exception.
/// </summary>
internal sealed unsafe partial class NetSnmpSession : IDisposable
{
    private readonly NetSnmpLibrary _library;
    private readonly WorkerSettings _settings;
    private readonly NativeSettings _native;
    private void* _session;
    private int _descriptor = -1;
    private nint _lastRequestId;

    /// <summary>Makes a session; nothing is sent yet.</summary>
    /// <exception cref="NetSnmpUnavailableException">This build of the library lacks a protocol of the user's.</exception>
    internal NetSnmpSession(NetSnmpLibrary library, WorkerSettings settings)
    {
        _library = library;
        _settings = settings;
        _native = new NativeSettings(library, settings);
        _wake = Libc.CreateEvent();
    }

    /// <summary>Sends one request, once, and waits for the answer.</summary>
    /// <param name="frame">A <see cref="WorkerRequest"/> with its message.</param>
    /// <param name="cancellationToken">Ends the wait for the agent, except while the session is opened. The answer is then empty.</param>
    internal byte[] Exchange(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        try
        {
            var attempt = WorkerRequest.Read(frame, out var message);
            if (SnmpMessageReader.TryRead(message, out var request) != SnmpParseError.None)
            {
                return WorkerReply.Of(WorkerOutcome.Failed, "the request cannot be read");
            }

            return TryOpen(attempt.TimeoutMilliseconds, out var refusal) ? Ask(request, attempt, cancellationToken) : refusal;
        }
        catch (InvalidDataException error)
        {
            return WorkerReply.Of(WorkerOutcome.Failed, error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _native.Dispose();
    }

    private byte[] Ask(in SnmpMessageHeader request, WorkerRequest attempt, CancellationToken cancellationToken)
    {
        var pdu = RequestPdu.Make(_library, request);
        if (attempt.IsRepeated && _lastRequestId != 0)
        {
            // An answer to the attempt before is as good, and the library knows it by this.
            pdu->RequestId = _lastRequestId;
        }

        _lastRequestId = pdu->RequestId;
        BeginWaiting(request.Version);
        var state = _library.SessionOf(_session);
        state->Retries = 0;
        state->Timeout = checked((nint)attempt.TimeoutMilliseconds * 1000);
        if (_library.Send(_session, pdu, &OnCallback, (void*)_generation) == 0)
        {
            _library.FreePdu(pdu);
            return _reply ?? SendingFailed(state);
        }

        return Wait(attempt.TimeoutMilliseconds, cancellationToken);
    }

    private byte[] SendingFailed(SessionStructure* state)
    {
        var reason = Reason(state->SnmpError, state->SystemError);
        if (!_settings.IsStream)
        {
            return WorkerReply.Of(WorkerOutcome.Failed, reason);
        }

        Close();
        return WorkerReply.Of(WorkerOutcome.Lost, reason);
    }

    /// <summary>Opens the session if it is not open; in SNMPv3 that asks the agent for its engine ID.</summary>
    private bool TryOpen(uint timeoutMilliseconds, out byte[] refusal)
    {
        refusal = [];
        if (_session is not null)
        {
            return true;
        }

        var startedAt = Stopwatch.GetTimestamp();
        SessionStructure wanted;
        _native.Fill(&wanted);
        wanted.Retries = 0;
        wanted.Timeout = checked((nint)timeoutMilliseconds * 1000);
        _session = _library.Open(&wanted);
        if (_session is not null)
        {
            _descriptor = FindDescriptor();
            return true;
        }

        var isLate = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds >= timeoutMilliseconds;
        refusal = WorkerReply.Of(
            isLate ? WorkerOutcome.TimedOut : _settings.IsStream ? WorkerOutcome.Lost : WorkerOutcome.Failed, Reason(wanted.SnmpError, wanted.SystemError));
        return false;
    }

    private void Close()
    {
        if (_session is not null)
        {
            _ = _library.Close(_session);
            _session = null;
            _descriptor = -1;
        }
    }

    private string Reason(int snmpError, int systemError)
    {
        var reason = snmpError == 0 ? "the session could not be opened" : _library.Describe(snmpError);
        return systemError == 0 ? reason : $"{reason} ({new System.ComponentModel.Win32Exception(systemError).Message})";
    }
}
