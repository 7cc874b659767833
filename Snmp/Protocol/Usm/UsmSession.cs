using System.Text;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// One user towards one remote authoritative engine: octets in, octets out. It makes requests, and informs, and judges what comes back (RFC 3414
/// sections 3.1, 3.2 and 4); it judges traps of that engine too. One thread at a time may use it, such as an engine's I/O thread.
/// </summary>
/// <remarks>
/// A request goes through <see cref="BeginRequest"/>, the writer's varbinds, and <see cref="TryComplete"/>; for each attempt anew, with a new
/// msgID, because time and salt change. Before the engine's name is known, only <see cref="TryWriteDiscovery"/> makes sense. What comes goes through
/// <see cref="Process"/> once its source and msgID are matched; <see cref="UsmOutcomes.Action"/> says what follows. After
/// <see cref="UsmOutcome.EngineDiscovered"/>, <see cref="PrepareKeys"/> may take milliseconds; off the I/O thread, <see cref="WarmUp"/> spares it
/// them.
/// </remarks>
internal sealed partial class UsmSession : IDisposable
{
    // How often the engine may tell its name, or reject its time, until an answer is accepted.
    private const int MostDiscoveries = 2;
    private const int MostRejections = 3;

    private readonly byte[] _name;
    private readonly byte[] _context;
    private UsmKeys? _keys;
    private int _discoveries;
    private int _rejections;
    private bool _hasSteppedBack;

    /// <summary>Begins without knowing the engine, unless the user says its name.</summary>
    /// <param name="user">A valid user.</param>
    /// <param name="peer">What is known of the engine; other users' sessions may share it.</param>
    public UsmSession(SnmpUser user, UsmPeer peer)
    {
        User = user;
        Peer = peer;
        _name = Encoding.UTF8.GetBytes(user.Name);
        _context = Encoding.UTF8.GetBytes(user.ContextName);
        if (peer.EngineId.IsEmpty && !user.EngineId.IsEmpty)
        {
            peer.Rename(user.EngineId);
        }
    }

    public SnmpUser User { get; }

    public UsmPeer Peer { get; }

    /// <summary>Whether the engine's name must be asked for first.</summary>
    public bool NeedsDiscovery => Peer.EngineId.IsEmpty;

    /// <summary>Whether the keys of the engine are at hand, so that a request costs microseconds.</summary>
    public bool HasKeys => HasKeysOf(Peer.EngineId);

    /// <summary>The <see cref="UsmPeer.Version"/> of what the last request was written with.</summary>
    public int WrittenWith { get; private set; }

    /// <summary>Works out the keys of a user for an engine, and keeps what takes long for <see cref="PrepareKeys"/>. Thread-safe.</summary>
    public static void WarmUp(SnmpUser user, SnmpEngineId engineId)
    {
        using var keys = new UsmKeys(user, engineId);
    }

    /// <summary>Makes the keys of the engine, unless they are at hand.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The platform does not have an algorithm, or refuses the key.</exception>
    public void PrepareKeys() => GetKeys(Peer.EngineId);

    /// <summary>Takes over keys of its user that were made elsewhere, and disposes those that it had.</summary>
    public void TakeKeys(UsmKeys keys)
    {
        _keys?.Dispose();
        _keys = keys;
    }

    /// <summary>Writes a message that makes the engine tell its name (RFC 3414 section 4).</summary>
    /// <returns>Whether it fits the buffer.</returns>
    public static bool TryWriteDiscovery(Span<byte> buffer, int messageId, int maxSize, out int length)
    {
        var fields = new SecuredFields
        {
            MessageId = messageId,
            MaxSize = maxSize,
            Flags = SecuredFlags.Reportable,
            BlockLength = 1,
        };
        return new SnmpMessageWriter(buffer, fields, PduType.Get, messageId).TryComplete(out length);
    }

    /// <summary>Begins a request.</summary>
    /// <param name="buffer">Where the message goes.</param>
    /// <param name="messageId">A number that no earlier attempt had.</param>
    /// <param name="maxSize">The largest message that is taken in return.</param>
    /// <param name="type">The PDU.</param>
    /// <param name="requestId">The request-id.</param>
    /// <param name="nonRepeaters">The non-repeaters of a GetBulk.</param>
    /// <param name="maxRepetitions">The max-repetitions of a GetBulk.</param>
    public SnmpMessageWriter BeginRequest(
        Span<byte> buffer, int messageId, int maxSize, PduType type, int requestId, int nonRepeaters = 0, int maxRepetitions = 0)
    {
        // The peer may learn more while this is written on another thread: name and clock must be of one moment.
        var known = Peer.State;
        var (boots, seconds) = User.Level == SecurityLevel.NoAuthNoPriv ? (0, 0) : Peer.ClockOf(known);
        WrittenWith = known.Version;
        var isConfirmed = type is not (PduType.TrapV2 or PduType.Response or PduType.Report);
        var fields = new SecuredFields
        {
            MessageId = messageId,
            MaxSize = maxSize,
            Flags = (SecuredFlags)User.Level | (isConfirmed ? SecuredFlags.Reportable : SecuredFlags.None),
            EngineId = known.EngineId.Octets,
            Boots = boots,
            Time = seconds,
            UserName = _name,
            MacLength = GetKeys(known.EngineId).MacLength,
            BlockLength = PrivacyAlgorithm.BlockLength(User.Privacy),
            ContextEngineId = User.ContextEngineId.IsEmpty ? known.EngineId.Octets : User.ContextEngineId.Octets,
            ContextName = _context,
        };
        return new SnmpMessageWriter(buffer, fields, type, requestId, nonRepeaters, maxRepetitions);
    }

    /// <summary>Ends a request: encrypts and signs it. It must not be changed after this.</summary>
    /// <param name="writer">What <see cref="BeginRequest"/> returned.</param>
    /// <param name="buffer">The same buffer.</param>
    /// <param name="length">The length of the message, 0 where it does not fit.</param>
    /// <returns>Whether it fits the buffer.</returns>
    public bool TryComplete(ref SnmpMessageWriter writer, Span<byte> buffer, out int length)
    {
        if (!writer.TryComplete(out length))
        {
            return false;
        }

        _keys!.Protect(buffer[..length], writer.Layout);
        return true;
    }

    public void Dispose() => _keys?.Dispose();

    private bool HasKeysOf(SnmpEngineId engineId) => _keys is not null && _keys.EngineId == engineId;

    private UsmKeys GetKeys(SnmpEngineId engineId)
    {
        if (!HasKeysOf(engineId))
        {
            _keys?.Dispose();
            _keys = null;
            _keys = new UsmKeys(User, engineId);
        }

        return _keys!;
    }
}
