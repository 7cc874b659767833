using System.Globalization;
using System.Text;
using Connections.Snmp.Mibs.Values;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Octets in hexadecimal, sixteen a line, a space behind each.</summary>
internal static class HexadecimalWriter
{
    private const int OctetsPerLine = 16;

    internal static void Write(StringBuilder output, ReadOnlySpan<byte> octets, bool withText)
    {
        do
        {
            var line = octets[..Math.Min(octets.Length, OctetsPerLine)];
            foreach (var octet in line)
            {
                output.Append(octet.ToString("X2", CultureInfo.InvariantCulture)).Append(' ');
            }

            if (withText)
            {
                WriteText(output, line);
            }

            octets = octets[line.Length..];
            output.Append(octets.IsEmpty ? "" : "\n");
        }
        while (!octets.IsEmpty);
    }

    private static void WriteText(StringBuilder output, ReadOnlySpan<byte> octets)
    {
        output.Append("  [");
        foreach (var octet in octets)
        {
            output.Append(PrintableOctets.IsPrintable(octet) ? (char)octet : '.');
        }

        output.Append(']');
    }
}
