using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// The salts of encrypted messages: one counter for the whole process, from a random start, so that no two messages have one salt whatever
/// handles share a key (RFC 3414 section 8.1.1.1, RFC 3826 section 3.1.2.1). Thread-safe.
/// </summary>
internal static class PrivacySalt
{
    private static long _last = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>Writes the next salt.</summary>
    /// <param name="salt">Eight octets.</param>
    public static void Next(Span<byte> salt) => BinaryPrimitives.WriteInt64BigEndian(salt, Interlocked.Increment(ref _last));
}
