using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

internal static class Hashes
{
    /// <summary>The hash of some octets in hexadecimal digits, fed in pieces of a given length.</summary>
    public static string Of(IHash hash, ReadOnlySpan<byte> octets, int length, int piece = int.MaxValue)
    {
        for (var rest = octets; !rest.IsEmpty; rest = rest[Math.Min(piece, rest.Length)..])
        {
            hash.Append(rest[..Math.Min(piece, rest.Length)]);
        }

        var result = new byte[length];
        hash.Finish(result);
        return Convert.ToHexStringLower(result);
    }
}
