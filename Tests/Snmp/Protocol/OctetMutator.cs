namespace Connections.Snmp.Tests.Protocol;

/// <summary>Changes octets at random, the same way for the same seed.</summary>
internal sealed class OctetMutator(int seed)
{
    private const int MostChanges = 6;
    private static readonly byte[] Edges = [0x00, 0x01, 0x02, 0x04, 0x06, 0x1F, 0x30, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x88, 0xA2, 0xFE, 0xFF];
    private readonly Random _random = new(seed);

    /// <summary>Writes a changed copy, and returns its length.</summary>
    public int Mutate(ReadOnlySpan<byte> original, Span<byte> result)
    {
        original.CopyTo(result);
        var length = original.Length;
        for (var change = _random.Next(1, MostChanges); change > 0 && length > 0; change--)
        {
            length = Change(result, length);
        }

        return length;
    }

    private int Change(Span<byte> octets, int length)
    {
        var at = _random.Next(length);
        switch (_random.Next(8))
        {
            case 0:
                octets[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 1:
                octets[at] = (byte)_random.Next(256);
                return length;
            case 2 or 3:
                octets[at] = Edges[_random.Next(Edges.Length)];
                return length;
            case 4:
                octets[at] += (byte)_random.Next(-2, 3);
                return length;
            case 5:
                return _random.Next(4) == 0 ? at : length;
            case 6:
                octets[(at + 1)..length].CopyTo(octets[at..]);
                return length - 1;
            default:
                return Repeat(octets, length, at);
        }
    }

    private int Repeat(Span<byte> octets, int length, int at)
    {
        var count = Math.Min(_random.Next(1, 12), Math.Min(length - at, octets.Length - length));
        octets[at..length].CopyTo(octets[(at + count)..]);
        return length + count;
    }
}
