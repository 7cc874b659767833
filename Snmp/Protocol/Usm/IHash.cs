namespace Connections.Snmp.Protocol.Usm;

/// <summary>A hash function that is fed piece by piece and starts anew after each result. One thread at a time may use it.</summary>
internal interface IHash : IDisposable
{
    /// <summary>Takes in more octets.</summary>
    void Append(ReadOnlySpan<byte> octets);

    /// <summary>Writes the hash of what was taken in, and starts anew with the same key, if there is one.</summary>
    /// <param name="hash">At least as long as the hash.</param>
    void Finish(Span<byte> hash);
}
