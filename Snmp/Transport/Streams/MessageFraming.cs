using Connections.Snmp.Protocol;

namespace Connections.Snmp.Transport.Streams;

/// <summary>Finds where a message in a stream ends: it says so itself, with the length of its BER SEQUENCE (RFC 3430 section 2.1).</summary>
internal static class MessageFraming
{
    // As much as the engine's buffers hold, and as UDP carries.
    internal const int LargestMessage = 65_507;

    private const int LongForm = 0x80;
    private const int MostLengthOctets = 4;

    internal enum Outcome
    {
        /// <summary>The length is known.</summary>
        Known,

        /// <summary>More octets must come before the length is known.</summary>
        Incomplete,

        /// <summary>This is no message, or one that nobody takes: nothing after it can be found either.</summary>
        Invalid,
    }

    /// <summary>Reads the length of the message that begins here, its header included.</summary>
    internal static Outcome TryGetLength(ReadOnlySpan<byte> octets, out int length)
    {
        length = 0;
        if (octets.IsEmpty)
        {
            return Outcome.Incomplete;
        }

        if (octets[0] != BerTag.Sequence)
        {
            return Outcome.Invalid;
        }

        if (octets.Length < 2)
        {
            return Outcome.Incomplete;
        }

        return (octets[1] & LongForm) == 0 ? Bounded(2 + octets[1], out length) : ReadLong(octets[2..], octets[1] & ~LongForm, out length);
    }

    // Leading zeros are as real agents send them; none at all would be the indefinite form, which SNMP excludes (RFC 3417 section 8).
    private static Outcome ReadLong(ReadOnlySpan<byte> octets, int count, out int length)
    {
        length = 0;
        if (count is 0 or > MostLengthOctets)
        {
            return Outcome.Invalid;
        }

        if (octets.Length < count)
        {
            return Outcome.Incomplete;
        }

        var content = 0L;
        foreach (var octet in octets[..count])
        {
            content = content << 8 | octet;
        }

        return Bounded(2 + count + content, out length);
    }

    private static Outcome Bounded(long whole, out int length)
    {
        length = (int)Math.Min(whole, LargestMessage);
        return whole <= LargestMessage ? Outcome.Known : Outcome.Invalid;
    }
}
