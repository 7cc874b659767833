namespace Connections.Snmp.Protocol.Usm;

/// <summary>What a <see cref="UsmKey"/> was given as.</summary>
public enum UsmKeyForm
{
    /// <summary>A password, from which the key of each engine is worked out (RFC 3414 section A.2).</summary>
    Password = 0,

    /// <summary>What a password becomes before it is localized, called Ku or master key; in hexadecimal digits.</summary>
    Master,

    /// <summary>The key of one engine, called Kul; in hexadecimal digits.</summary>
    Localized,
}
