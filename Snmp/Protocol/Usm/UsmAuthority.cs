using System.Text;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// An authoritative engine of our own: an agent, or the receiver of informs. It judges requests (RFC 3414 section 3.2), makes responses, Reports and traps
/// (section 3.1), and counts (section 5). One thread at a time may use it.
/// </summary>
internal sealed partial class UsmAuthority : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Dictionary<byte[], UserEntry> _users;
    private readonly Dictionary<byte[], UserEntry>.AlternateLookup<ReadOnlySpan<byte>> _usersByOctets;
    private readonly uint[] _reports = new uint[ReportCounters.Count];
    private long _startedAt;

    /// <summary>Starts the engine.</summary>
    /// <param name="engineId">Its name.</param>
    /// <param name="boots">How often it was started, this time included: 1 to 2147483647, which ends all authentication (RFC 3414 section 2.2.2).</param>
    /// <param name="users">Valid users, each name once.</param>
    /// <param name="time">The clock.</param>
    public UsmAuthority(SnmpEngineId engineId, int boots, IEnumerable<SnmpUser> users, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(boots);
        EngineId = engineId;
        Boots = boots;
        _time = time;
        _startedAt = time.GetTimestamp();
        _users = new Dictionary<byte[], UserEntry>(OctetComparer.Instance);
        _usersByOctets = _users.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var user in users)
        {
            user.Validate();
            _users.Add(Encoding.UTF8.GetBytes(user.Name), new UserEntry(user));
        }
    }

    public SnmpEngineId EngineId { get; }

    public int Boots { get; private set; }

    /// <summary>Seconds since the engine was started.</summary>
    public int Time => (int)Math.Min((long)_time.GetElapsedTime(_startedAt).TotalSeconds, int.MaxValue);

    /// <summary>The largest message that is taken, as messages announce it.</summary>
    public int MaxSize { get; init; } = ushort.MaxValue - 28;

    /// <summary>The counter of a kind of Report.</summary>
    public uint CountOf(ReportKind kind) => _reports[(int)kind];

    /// <summary>Takes over the keys of one of its users for this engine, where they were made elsewhere since that may take milliseconds.</summary>
    public void Adopt(UsmKeys keys) => _users[Encoding.UTF8.GetBytes(keys.User.Name)].Adopt(keys);

    /// <summary>Counts a refusal that was judged elsewhere: of a context, or for want of anyone who serves the PDU.</summary>
    public void Count(ReportKind kind) => _reports[(int)kind]++;

    /// <summary>Starts the engine anew.</summary>
    /// <param name="boots">How often it was started, this time included.</param>
    /// <param name="ago">How long ago that was; not negative.</param>
    public void Restart(int boots, TimeSpan ago = default) =>
        (Boots, _startedAt) = (boots, _time.GetTimestamp() - (long)(ago.TotalSeconds * _time.TimestampFrequency));

    /// <summary>Begins the response to a message that was accepted: of its user and level, in its context.</summary>
    /// <param name="buffer">Where the message goes; it should be no larger than the sender takes.</param>
    /// <param name="message">The message.</param>
    /// <param name="scoped">Its PDU.</param>
    /// <param name="errorStatus">The error-status.</param>
    /// <param name="errorIndex">The error-index.</param>
    public SnmpMessageWriter BeginResponse(
        Span<byte> buffer, scoped in SecuredMessage message, scoped in ScopedPdu scoped, int errorStatus = 0, int errorIndex = 0)
    {
        var keys = FindKeysFor(message);
        var flags = message.Flags & (SecuredFlags.Authenticated | SecuredFlags.Encrypted);
        var fields = Fields(message.MessageId, flags, message.UserName, keys, scoped.ContextEngineId, scoped.ContextName);
        return new SnmpMessageWriter(buffer, fields, PduType.Response, scoped.Header.RequestId, errorStatus, errorIndex);
    }

    /// <summary>Begins a trap: of one's own engine, which is authoritative for it.</summary>
    /// <param name="buffer">Where the message goes.</param>
    /// <param name="user">The name of a user of this engine.</param>
    /// <param name="messageId">The msgID, and the request-id.</param>
    /// <exception cref="KeyNotFoundException">There is no such user.</exception>
    public SnmpMessageWriter BeginTrap(Span<byte> buffer, string user, int messageId)
    {
        var name = Encoding.UTF8.GetBytes(user);
        var entry = _users[name];
        var context = Encoding.UTF8.GetBytes(entry.User.ContextName);
        var fields = Fields(messageId, (SecuredFlags)entry.User.Level, name, entry.GetKeys(EngineId), EngineId.Octets, context);
        return new SnmpMessageWriter(buffer, fields, PduType.TrapV2, messageId);
    }

    /// <summary>Ends a response: encrypts and signs it.</summary>
    /// <param name="writer">What <see cref="BeginResponse"/> returned.</param>
    /// <param name="buffer">The same buffer.</param>
    /// <param name="message">The message that is answered.</param>
    /// <param name="length">The length of the message, 0 where it does not fit.</param>
    /// <returns>Whether it fits the buffer.</returns>
    public bool TryCompleteResponse(ref SnmpMessageWriter writer, Span<byte> buffer, scoped in SecuredMessage message, out int length) =>
        TryComplete(ref writer, buffer, FindKeysFor(message), out length);

    /// <summary>Ends a trap: encrypts and signs it.</summary>
    /// <param name="writer">What <see cref="BeginTrap"/> returned.</param>
    /// <param name="buffer">The same buffer.</param>
    /// <param name="user">The same name.</param>
    /// <param name="length">The length of the message, 0 where it does not fit.</param>
    /// <returns>Whether it fits the buffer.</returns>
    public bool TryCompleteTrap(ref SnmpMessageWriter writer, Span<byte> buffer, string user, out int length) =>
        TryComplete(ref writer, buffer, _users[Encoding.UTF8.GetBytes(user)].GetKeys(EngineId), out length);

    public void Dispose()
    {
        foreach (var entry in _users.Values)
        {
            entry.Dispose();
        }
    }

    private static bool TryComplete(ref SnmpMessageWriter writer, Span<byte> buffer, UsmKeys? keys, out int length)
    {
        var fits = writer.TryComplete(out length);
        if (fits)
        {
            keys?.Protect(buffer[..length], writer.Layout);
        }

        return fits;
    }

    private UsmKeys? FindKeysFor(in SecuredMessage message) => message.IsAuthenticated ? FindKeys(message.UserName) : null;

    private UsmKeys? FindKeys(ReadOnlySpan<byte> name) => _usersByOctets.TryGetValue(name, out var entry) ? entry.GetKeys(EngineId) : null;

    private SecuredFields Fields(
        int messageId, SecuredFlags flags, ReadOnlySpan<byte> user, UsmKeys? keys, ReadOnlySpan<byte> contextEngineId, ReadOnlySpan<byte> contextName) =>
        new()
        {
            MessageId = messageId,
            MaxSize = MaxSize,
            Flags = flags,
            EngineId = EngineId.Octets,
            Boots = Boots,
            Time = Time,
            UserName = user,
            MacLength = (flags & SecuredFlags.Authenticated) != 0 ? keys!.MacLength : 0,
            BlockLength = (flags & SecuredFlags.Encrypted) != 0 ? PrivacyAlgorithm.BlockLength(keys!.User.Privacy) : 1,
            ContextEngineId = contextEngineId,
            ContextName = contextName,
        };

    // Keys are made when they are first needed: an agent may simulate thousands of engines.
    private sealed class UserEntry(SnmpUser user) : IDisposable
    {
        private UsmKeys? _keys;

        public SnmpUser User => user;

        public void Adopt(UsmKeys keys)
        {
            Dispose();
            _keys = keys;
        }

        public UsmKeys GetKeys(SnmpEngineId engineId) => _keys ??= new UsmKeys(user, engineId);

        public void Dispose() => _keys?.Dispose();
    }
}
