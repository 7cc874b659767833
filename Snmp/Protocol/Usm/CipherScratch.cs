using System.Numerics;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>Where the platform's ciphers, which work on arrays only, take their octets from and put them; one a thread.</summary>
internal sealed class CipherScratch
{
    /// <summary>A multiple of every block length.</summary>
    public const int Length = 2_048;

    [ThreadStatic]
    private static CipherScratch? _current;

    private CipherScratch()
    {
    }

    public static CipherScratch Current => _current ??= new CipherScratch();

    public byte[] Input { get; } = new byte[Length];

    public byte[] Output { get; } = new byte[Length];

    /// <summary>Writes the exclusive or of two sequences of octets of one length, of which the result may be one.</summary>
    public static void Xor(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> result)
    {
        var at = 0;
        for (; at <= left.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            (new Vector<byte>(left[at..]) ^ new Vector<byte>(right[at..])).CopyTo(result[at..]);
        }

        for (; at < left.Length; at++)
        {
            result[at] = (byte)(left[at] ^ right[at]);
        }
    }
}
