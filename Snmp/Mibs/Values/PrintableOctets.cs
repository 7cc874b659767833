using System.Text;

namespace Connections.Snmp.Mibs.Values;

/// <summary>Octets as ASCII text, in the C locale's view of what can be printed.</summary>
internal static class PrintableOctets
{
    /// <summary>Whether all octets are printable ASCII or white space.</summary>
    internal static bool AreAll(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            if (!IsPrintable(octet))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with a backslash before each backslash and double quote, and a point for each octet that cannot be printed.</summary>
    internal static string Escape(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        foreach (var octet in octets)
        {
            if (octet is (byte)'\\' or (byte)'"')
            {
                text.Append('\\');
            }

            text.Append(IsPrintable(octet) ? (char)octet : '.');
        }

        return text.ToString();
    }

    internal static bool IsPrintable(byte octet) => octet is (>= 0x20 and <= 0x7E) or (>= (byte)'\t' and <= (byte)'\r');
}
