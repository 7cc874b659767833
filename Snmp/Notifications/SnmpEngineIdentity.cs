using System.Security.Cryptography;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>
/// The SNMPv3 engine that this process is: its engine ID, how often it was started, and since when it runs (RFC 3414 section 2.2). A listener that takes informs and a sender of traps
/// may share one. Thread-safe.
/// </summary>
/// <remarks>
/// What protects against replayed messages is that one engine ID never has the same boots twice. So the file is written before the engine exists, its number only grows, and two
/// processes cannot use it at once. Whoever restores an old copy of it, or uses an engine ID in two files, gives that protection away.
/// </remarks>
public sealed class SnmpEngineIdentity : IDisposable
{
    // The number that is assigned to nobody; the octets alone tell engines apart.
    private const uint Enterprise = 0;
    private const int OwnOctets = 12;

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly IDisposable? _lock;

    private SnmpEngineIdentity(SnmpEngineId engineId, int boots, TimeProvider? time, IDisposable? heldLock)
    {
        EngineId = engineId;
        Boots = boots;
        _time = time ?? TimeProvider.System;
        _startedAt = _time.GetTimestamp();
        _lock = heldLock;
    }

    /// <summary>The engine's name.</summary>
    public SnmpEngineId EngineId { get; }

    /// <summary>How often the engine was started, this time included: 1 to 2147483646.</summary>
    public int Boots { get; }

    /// <summary>Starts the engine that a file describes, and counts the start in it; where there is no file, a new engine. Only the owner can read the file.</summary>
    /// <param name="path">The file. While the engine runs, a second file beside it, with <c>.lock</c> behind its name, keeps other processes away.</param>
    /// <param name="engineId">The engine ID of a new engine, which no other engine may ever have had; by default a random one.</param>
    /// <param name="timeProvider">The clock that the engine's time goes by.</param>
    /// <exception cref="SnmpException">The file is unreadable, damaged, of another engine than the one that is given, used up, or in use by another process.
    /// A damaged file is never replaced unasked, because nobody knows its boots any more: without the file, a new engine with a new ID begins.</exception>
    public static SnmpEngineIdentity Open(string path, SnmpEngineId engineId = default, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = EngineFile.Lock(path);
        try
        {
            var (id, boots) = file.Read() ?? (engineId.IsEmpty ? CreateId() : engineId, 0);
            if (!engineId.IsEmpty && id != engineId)
            {
                throw file.Refused($"it is of the engine {id}, not {engineId}; use another file, or leave the engine ID out");
            }

            // At the highest number an engine can no longer authenticate anything (RFC 3414 section 2.2.2).
            if (boots >= int.MaxValue - 1)
            {
                throw file.Refused($"the engine {id} was started as often as one may be; without the file, a new engine with a new ID begins");
            }

            file.Write(id, boots + 1);
            return new SnmpEngineIdentity(id, boots + 1, timeProvider, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Starts an engine with a new engine ID, which nothing keeps. Receivers that must know the engine ID of who sends them traps cannot know this one.</summary>
    /// <param name="timeProvider">The clock that the engine's time goes by.</param>
    public static SnmpEngineIdentity CreateTransient(TimeProvider? timeProvider = null) => new(CreateId(), 1, timeProvider, null);

    /// <summary>Lets other processes use the file.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Engine ID and boots.</summary>
    public override string ToString() => $"engine {EngineId}, boots {Boots}";

    /// <summary>Makes an authority of this engine, whose time is that of all others of it.</summary>
    internal UsmAuthority CreateAuthority(IEnumerable<SnmpUser> users)
    {
        var authority = new UsmAuthority(EngineId, Boots, users, _time);
        authority.Restart(Boots, _time.GetElapsedTime(_startedAt));
        return authority;
    }

    private static SnmpEngineId CreateId()
    {
        Span<byte> octets = stackalloc byte[OwnOctets];
        RandomNumberGenerator.Fill(octets);
        return SnmpEngineId.Create(Enterprise, octets);
    }
}
