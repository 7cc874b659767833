using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>A hash function that the platform has.</summary>
internal sealed class PlatformHash(IncrementalHash hash) : IHash
{
    public void Append(ReadOnlySpan<byte> octets) => hash.AppendData(octets);

    public void Finish(Span<byte> result) => hash.GetHashAndReset(result);

    public void Dispose() => hash.Dispose();
}
