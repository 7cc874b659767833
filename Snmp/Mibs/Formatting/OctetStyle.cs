namespace Connections.Snmp.Mibs.Formatting;

/// <summary>How strings of octets without a DISPLAY-HINT are written.</summary>
public enum OctetStyle
{
    /// <summary>As text where all of it is printable ASCII or white space, else in hexadecimal.</summary>
    Guess,

    /// <summary>As text, with points for what cannot be printed (<c>-Oa</c>).</summary>
    Ascii,

    /// <summary>In hexadecimal (<c>-Ox</c>).</summary>
    Hexadecimal,
}
