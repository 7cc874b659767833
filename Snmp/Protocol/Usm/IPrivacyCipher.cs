namespace Connections.Snmp.Protocol.Usm;

/// <summary>The cipher of one localized key, ready to be used again and again. One thread at a time may use it; the key is zeroed on dispose.</summary>
internal interface IPrivacyCipher : IDisposable
{
    /// <summary>Encrypts in place.</summary>
    /// <param name="octets">A multiple of the block length of the protocol.</param>
    /// <param name="boots">The authoritative engine's boots, as the message carries them.</param>
    /// <param name="time">The authoritative engine's time, as the message carries it.</param>
    /// <param name="salt">Octets that were never used with this key before.</param>
    void Encrypt(Span<byte> octets, int boots, int time, ReadOnlySpan<byte> salt);

    /// <summary>Decrypts.</summary>
    /// <param name="encrypted">The octets as they came.</param>
    /// <param name="plain">At least as many octets, not overlapping them.</param>
    /// <param name="boots">The authoritative engine's boots, as the message carries them.</param>
    /// <param name="time">The authoritative engine's time, as the message carries it.</param>
    /// <param name="salt">The octets as they came.</param>
    /// <returns>Whether lengths are as the protocol has them. Nothing tells whether the key was right but the result.</returns>
    bool TryDecrypt(ReadOnlySpan<byte> encrypted, Span<byte> plain, int boots, int time, ReadOnlySpan<byte> salt);
}
