using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Worker.Session;

// Waiting for the answer to the present request: for the agent, for the time to pass, or for whoever asked to want it no more.
internal sealed unsafe partial class NetSnmpSession
{
    private const int ReportCommand = (int)PduType.Report;
    private const int DescriptorSetLength = 128;

    // The library calls back on the thread that calls it.
    [ThreadStatic]
    private static NetSnmpSession? _waiting;

    private readonly int _wake;
    private nint _generation;
    private SnmpVersion _version;
    private byte[]? _reply;
    private byte[]? _report;
    private bool _hasSentAgain;

    private void BeginWaiting(SnmpVersion version)
    {
        // Late answers to what was given up carry the number of then.
        _generation++;
        _waiting = this;
        _version = version;
        _reply = _report = null;
        _hasSentAgain = false;
        Libc.Clear(_wake);
    }

    private byte[] Wait(uint timeoutMilliseconds, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var registration = cancellationToken.UnsafeRegister(static state => Libc.Signal((int)state!), _wake);
        while (_reply is null && !cancellationToken.IsCancellationRequested)
        {
            var left = timeoutMilliseconds - (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            if (left <= 0)
            {
                GiveUp();
            }
            else if (IsReadable((int)Math.Min(left, int.MaxValue)))
            {
                Read();
            }
        }

        return _reply ?? [];
    }

    // The library forgets what it waited for, if its own clock agrees already.
    private void GiveUp()
    {
        _library.FireTimeouts(_session);
        _reply ??= _report ?? WorkerReply.Of(WorkerOutcome.TimedOut);
    }

    private bool IsReadable(int milliseconds)
    {
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = _descriptor, Wanted = Libc.Readable };
        entries[1] = new PollEntry { Descriptor = _wake, Wanted = Libc.Readable };
        return Libc.Poll(entries, 2, milliseconds) > 0 && entries[0].Found != 0;
    }

    private void Read()
    {
        var set = stackalloc byte[DescriptorSetLength];
        new Span<byte>(set, DescriptorSetLength).Clear();
        set[_descriptor / 8] |= (byte)(1 << (_descriptor % 8));
        if (_library.Read(_session, set) < 0 && _settings.IsStream)
        {
            var state = _library.SessionOf(_session);
            var reason = state is null ? "" : Reason(state->SnmpError, state->SystemError);
            _reply ??= WorkerReply.Of(WorkerOutcome.Lost, reason);
            Close();
        }
    }

    private int FindDescriptor()
    {
        var count = 0;
        var block = 1;
        TimeValue timeout = default;
        var set = stackalloc byte[DescriptorSetLength];
        new Span<byte>(set, DescriptorSetLength).Clear();
        _ = _library.SelectInfo(_session, &count, set, &timeout, &block);
        return count - 1;
    }

    [UnmanagedCallersOnly]
    private static int OnCallback(int kind, SessionStructure* session, int requestId, PduStructure* pdu, void* generation)
    {
        if (_waiting is { _reply: null } waiting && waiting._generation == (nint)generation)
        {
            waiting.Take((CallbackKind)kind, session, pdu);
        }

        // Whatever came, the library is to forget the request.
        return 1;
    }

    private void Take(CallbackKind kind, SessionStructure* session, PduStructure* pdu)
    {
        switch (kind)
        {
            case CallbackKind.ReceivedMessage:
                TakeMessage(pdu);
                break;
            case CallbackKind.TimedOut:
                _reply = _report ?? WorkerReply.Of(WorkerOutcome.TimedOut);
                break;
            case CallbackKind.SecurityError when pdu is not null && pdu->Command == ReportCommand:
                TakeMessage(pdu);
                break;
            case CallbackKind.SecurityError:
                _reply = _report ?? WorkerReply.Of(WorkerOutcome.Failed, Reason(session->SnmpError, 0));
                break;
            case CallbackKind.SentAgain:
                _hasSentAgain = true;
                break;
            case CallbackKind.SendFailed:
                _reply = SendingReply(session);
                break;
        }
    }

    private byte[] SendingReply(SessionStructure* session) =>
        WorkerReply.Of(_settings.IsStream ? WorkerOutcome.Lost : WorkerOutcome.Failed, Reason(session->SnmpError, session->SystemError));

    // An exception must not pass through the library.
    private void TakeMessage(PduStructure* pdu)
    {
        try
        {
            if (pdu->Command == ReportCommand)
            {
                TakeReport(pdu);
            }
            else
            {
                _reply = ResponseMessage.Make(WorkerOutcome.Answered, _version, pdu);
            }
        }
        catch (Exception error) when (error is InvalidDataException or OverflowException)
        {
            _reply = WorkerReply.Of(WorkerOutcome.Failed, error.Message);
        }
    }

    /// <summary>Takes a refusal, of which the library tells up to twice. The first one of the time is kept only: the library has learnt that from it, and sends the request again.</summary>
    private void TakeReport(PduStructure* pdu)
    {
        _report = ResponseMessage.Make(WorkerOutcome.Reported, SnmpVersion.V2c, pdu);
        _ = SnmpMessageReader.TryRead(_report.AsSpan(WorkerReply.HeaderLength), out var header);
        if (_hasSentAgain || ReportCounters.Identify(header) != ReportKind.NotInTimeWindow)
        {
            _reply = _report;
        }
    }
}
