using System.Text;

namespace Connections.Snmp.Agent;

/// <summary>Octets in text files that hold one octet a character.</summary>
internal static class OctetText
{
    /// <exception cref="FormatException">A character is above U+00FF.</exception>
    public static byte[] ToOctets(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            throw new FormatException($"'{text}' has characters that are not one octet each: write it in hexadecimal (4x, or Hex-STRING).");
        }

        var octets = new byte[text.Length];
        Encoding.Latin1.GetBytes(text, octets);
        return octets;
    }
}
