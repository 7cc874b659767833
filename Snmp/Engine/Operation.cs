using System.Buffers.Binary;
using System.Diagnostics;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

/// <summary>
/// A call in progress. Its caller fills it and hands it over; from then on the I/O thread alone works on it, until the thread that
/// delivers the result gives it back to its caller, who returns it to the pool.
/// </summary>
internal abstract partial class Operation
{
    private const int UsualPacketSize = 192;
    private const int KeptPacketSize = 2_048;

    private byte[] _packet = new byte[UsualPacketSize];
    private int _requestIdOffset;
    private int _generation;
    private int _sendings;
    private int _lastRequestId;
    private CancellationTokenRegistration _registration;
    private volatile int _cancelledIncarnation;
    private int _isInCancelledStack;

    internal OperationLinks Links;

    protected Operation(SnmpEngine engine) => Engine = engine;

    protected SnmpEngine Engine { get; }

    internal SnmpTarget Target { get; private set; } = null!;
    internal EngineSocket Socket { get; private set; } = null!;
    internal EngineDevice Device { get; private set; } = null!;

    /// <summary>The request-id without its attempt.</summary>
    internal int Key { get; private set; }

    /// <summary>How often the present request was sent; 0 while it waits for room in flight.</summary>
    internal int Attempt { get; set; }

    /// <summary>How often the present request is sent at most. A SET that arrived twice may be carried out twice.</summary>
    internal int AttemptLimit =>
        RequestType == PduType.Set && !Target.Options.RetransmitsSets && !IsDiscovering ? 1 : Target.AttemptTimeouts.Length;

    internal long StartedAt { get; private set; }
    internal long DeadlineAt { get; private set; }

    /// <summary>When the timer is to fire: the present attempt's end.</summary>
    internal long DueAt { get; set; }

    /// <summary>What the reply may take of the receive buffer.</summary>
    internal int Cost { get; set; }

    /// <summary>What of <see cref="Cost"/> is reserved now.</summary>
    internal int Reserved { get; set; }

    /// <summary>When the last attempt was sent, by <see cref="Stopwatch"/>.</summary>
    internal long SentAt { get; set; }

    /// <summary>What was seen of the request besides an answer, for the message of a timeout.</summary>
    internal TimeoutHint Hint;

    /// <summary>At which tick the timer wheel comes by it; -1 when it does not stand there.</summary>
    internal long TimerTick { get; set; } = -1;

    internal Operation? TimerNext { get; set; }
    internal Operation? TimerPrevious { get; set; }

    /// <summary>Whether the result is delivered on the I/O thread itself: to code of this library that is quick.</summary>
    internal virtual bool ContinuesInline => false;

    /// <summary>Whether the I/O thread has the operation and no result for it yet.</summary>
    internal bool IsInCustody { get; set; }

    internal int PacketLength { get; private set; }

    internal CancellationToken CancellationToken { get; private set; }

    internal bool IsCancelRequested => _cancelledIncarnation == Incarnation;

    /// <summary>Which use of this object the present one is: a cancellation of an earlier one must not reach it.</summary>
    internal int Incarnation { get; private set; } = 1;

    /// <summary>The request that it travels in with others; <see langword="null"/> while it goes by itself. On the I/O thread.</summary>
    internal CombinedOperation? Carrier { get; set; }

    protected abstract PduType RequestType { get; }

    /// <summary>Whether each reply gives the call the time of its deadline anew, as pages of a walk do.</summary>
    protected virtual bool HasDeadlinePerReply => false;

    /// <summary>The packet with the present attempt's request-id.</summary>
    internal ReadOnlySpan<byte> Packet => _packet.AsSpan(0, PacketLength);

    /// <summary>Takes in a response that answers this operation's present request. On the I/O thread.</summary>
    internal abstract ReplyOutcome OnReply(in SnmpMessageHeader reply);

    /// <summary>Keeps the failure as the result. On the I/O thread.</summary>
    internal abstract void Fail(Exception error);

    /// <summary>Hands the result to the caller, whose code goes on here.</summary>
    internal abstract void Deliver();

    /// <summary>Starts the time that the call has.</summary>
    internal void StartClock(long now)
    {
        StartedAt = now;
        DeadlineAt = DeadlineMilliseconds is { } deadline ? now + deadline : long.MaxValue;
    }

    /// <summary>Writes the present request, and resets what belongs to its attempts. That of SNMPv3 is written for each attempt.</summary>
    /// <exception cref="SnmpException">The request does not fit a datagram.</exception>
    internal void Prepare(long now)
    {
        if (User is null)
        {
            WritePacket();
        }

        ResetSecured();
        Attempt = 0;
        Hint = default;
        IsLost = false;
        DueAt = Math.Min(now + Target.AllAttemptsTimeout, DeadlineAt);
    }

    /// <summary>Writes the next request, which the reply to the one before called for.</summary>
    /// <exception cref="SnmpException">The request does not fit a datagram.</exception>
    internal void PrepareNext(long now)
    {
        if (HasDeadlinePerReply)
        {
            StartClock(now);
        }

        Prepare(now);
    }

    /// <summary>
    /// Makes less of a request that was not answered and is larger, or asks for a larger reply, than any that this device has answered; false
    /// where that would not help.
    /// </summary>
    /// <param name="isNewQuestion">Whether a reply to an earlier attempt does not answer what is asked now.</param>
    internal virtual bool TryShrink(out bool isNewQuestion) => isNewQuestion = false;

    /// <summary>Writes the request anew after <see cref="TryShrink"/>, as a further attempt.</summary>
    internal void Rewrite()
    {
        if (User is null)
        {
            WritePacket();
        }
    }

    /// <summary>Begins the next attempt: stamps the packet, and sets when the attempt ends.</summary>
    /// <exception cref="SnmpException">A request of SNMPv3 does not fit a datagram; nothing has changed.</exception>
    internal void BeginAttempt(long now) => BeginSending(now, isAttempt: true);

    /// <summary>Begins the next attempt, or the present one anew: an agent of SNMPv3 that refuses a request, and tells why, has answered it.</summary>
    /// <exception cref="SnmpException">A request of SNMPv3 does not fit a datagram; nothing has changed.</exception>
    internal void BeginSending(long now, bool isAttempt)
    {
        NumberPacket();
        Attempt += isAttempt ? 1 : 0;
        DueAt = Math.Min(now + (AttemptLimit == 1 ? Target.AllAttemptsTimeout : Target.AttemptTimeouts[Attempt - 1]), DeadlineAt);
    }

    /// <summary>Gives the packet an id that none before it had, of those that belong to <see cref="Key"/>.</summary>
    private void NumberPacket()
    {
        _lastRequestId = RequestId.WithAttempt(Key, _generation + _sendings);
        if (User is null)
        {
            _lastRequestId = RequestIdOf(_lastRequestId);
            Stamp(_lastRequestId);
        }
        else
        {
            WriteSecured();
        }

        _sendings++;
    }

    /// <summary>The request-id of the PDU whose packet has an id: that of the first for an inform, whose receiver knows a repetition by it.</summary>
    internal int RequestIdOf(int packetId) => RequestType == PduType.Inform ? RequestId.WithAttempt(Key, _generation) : packetId;

    /// <summary>Whether it waits because its device answers and is not to be asked faster.</summary>
    internal bool IsPaced => Target.IsPaced && !Device.IsSilent;

    /// <summary>Gives the next packets ids of another key.</summary>
    internal void TakeKey(int key, int generation) => (Key, _generation, _sendings) = (key, generation, 0);

    /// <summary>Whether a packet had this id, of those that belong to <see cref="Key"/>: otherwise it is that of a former user of the key.</summary>
    internal bool HasSent(int requestId) => RequestId.AttemptOf(requestId, _generation) < _sendings;

    /// <summary>Whether a request-id of this operation is that of its last attempt.</summary>
    internal bool IsLastAttempt(int requestId) => requestId == _lastRequestId;

    /// <summary>Arranges that the token cancels this use of the operation. The last step before it is handed over.</summary>
    internal void Watch(CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static state => ((Operation)state!).RequestCancel(), this);
        }
    }

    /// <summary>Lets a later cancellation be seen again; the I/O thread took the operation out of the stack.</summary>
    internal void LeaveCancelledStack() => Interlocked.Exchange(ref _isInCancelledStack, 0);

    protected void Bind(SnmpTarget target, EngineSocket socket)
    {
        Target = target;
        Socket = socket;
        (Device, User) = Engine.Find(target);
    }

    /// <summary>Makes the object ready for its next use. Waits for a cancellation that is being told just now, so that it cannot hit that use.</summary>
    protected void Release()
    {
        _registration.Dispose();
        _registration = default;
        CancellationToken = default;
        Target = null!;
        Socket = null!;
        Device = null!;
        User = null;
        Carrier = null;
        Incarnation++;
        if (_packet.Length > KeptPacketSize)
        {
            _packet = new byte[UsualPacketSize];
        }
    }

    /// <summary>The time that the call has in milliseconds, if it is limited.</summary>
    protected virtual long? DeadlineMilliseconds => Target.DeadlineMilliseconds;

    protected abstract bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset);

    /// <summary>Makes the request ask for less because it is too large to be sent; false if it cannot.</summary>
    protected virtual bool TryFit() => false;

    private void WritePacket()
    {
        var largest = Math.Min(LargestForDevice, Target.Options.Profile.MaxMessageSize);
        while (true)
        {
            var fits = TryWrite(_packet, out var length, out _requestIdOffset);
            if (fits && (length <= largest || !TryFit()))
            {
                PacketLength = length;
                return;
            }

            if (!fits)
            {
                MakeRoom();
            }
        }
    }

    private void MakeRoom()
    {
        if (_packet.Length < SendBatch.LargestDatagram)
        {
            _packet = new byte[Math.Min(_packet.Length * 4, SendBatch.LargestDatagram)];
        }
        else if (!TryFit())
        {
            throw new SnmpException($"{Target}: the request does not fit a datagram of {SendBatch.LargestDatagram} octets; split it.")
            {
                Device = Target.Device,
                Alias = Target.Alias,
            };
        }
    }

    private void Stamp(int requestId) =>
        BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(_requestIdOffset, sizeof(int)), requestId);

    private void RequestCancel()
    {
        _cancelledIncarnation = Incarnation;
        if (Interlocked.Exchange(ref _isInCancelledStack, 1) == 0)
        {
            Engine.OnCancelRequested(this);
        }
    }
}
