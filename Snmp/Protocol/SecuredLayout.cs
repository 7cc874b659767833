namespace Connections.Snmp.Protocol;

/// <summary>Where in a complete message the parts are that protecting it changes.</summary>
/// <param name="MacOffset">Where the signature goes.</param>
/// <param name="MacLength">The octets of the signature; 0 if the message is not signed.</param>
/// <param name="SaltOffset">Where the salt goes.</param>
/// <param name="EncryptedOffset">Where the octets to be encrypted begin.</param>
/// <param name="EncryptedLength">How many they are; 0 if the message is not encrypted.</param>
/// <param name="Boots">The boots that the message carries.</param>
/// <param name="Time">The time that the message carries.</param>
internal readonly record struct SecuredLayout(
    int MacOffset, int MacLength, int SaltOffset, int EncryptedOffset, int EncryptedLength, int Boots, int Time);
