using System.Buffers.Binary;

namespace Connections.Snmp.Protocol;

/// <summary>Net-SNMP's convention for floating-point numbers in Opaque: an application-wide extension tag, a length, big-endian IEEE 754.</summary>
internal static class OpaqueNumber
{
    public const byte ExtensionTag = 0x9F;
    public const byte FloatTag = 0x78;
    public const byte DoubleTag = 0x79;

    public static bool TryRead(ReadOnlySpan<byte> octets, out double number)
    {
        switch (octets)
        {
            case [ExtensionTag, FloatTag, sizeof(float), .. { Length: sizeof(float) } bits]:
                number = BinaryPrimitives.ReadSingleBigEndian(bits);
                return true;
            case [ExtensionTag, DoubleTag, sizeof(double), .. { Length: sizeof(double) } bits]:
                number = BinaryPrimitives.ReadDoubleBigEndian(bits);
                return true;
            default:
                number = 0;
                return false;
        }
    }
}
