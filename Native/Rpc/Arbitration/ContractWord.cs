using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>A contract as one word: 48 bits of a hash of the service's name, and 16 of the version. Never 0, since no version is.</summary>
internal static class ContractWord
{
    private const int VersionBits = 16;
    private const ulong VersionMask = (1 << VersionBits) - 1;

    public static ulong Of(RpcContract contract)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(contract.Name));
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) << VersionBits) | (uint)contract.Version;
    }

    public static int VersionOf(ulong word) => (int)(word & VersionMask);

    public static bool IsSameService(ulong one, ulong other) => (one & ~VersionMask) == (other & ~VersionMask);
}
