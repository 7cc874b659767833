using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// Reads what <c>snmpwalk -On</c>, <c>snmpbulkwalk -On</c> and their like printed (<c>.1.3.6.1.2.1.1.5.0 = STRING: "edge1"</c>), also with <c>-Oe</c>, and with strings and
/// octets that go on over several lines. Lines that say that there is nothing (<c>No Such Object…</c>, <c>No more variables left…</c>) are passed over.
/// Output without types (<c>-Oq</c>, <c>-Ov</c>, <c>-Ot</c>) or with names in words is refused, since values would be lost or guessed.
/// </summary>
public static class SnmpWalk
{
    private const string Separator = " = ";
    private const string EndOfMib = "End of MIB";

    /// <summary>Reads the output from a file. Octets above 127 are taken as they stand in the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">A line is no variable, or names one that an earlier line has.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MibData Load(string path) => RecordingBuilder.Load(path, Read);

    /// <summary>Reads the output from text.</summary>
    /// <param name="text">The lines. Each character is one octet, so none is above U+00FF.</param>
    /// <param name="fileName">What errors call the file.</param>
    /// <exception cref="RecordingException">A line is no variable, or names one that an earlier line has.</exception>
    public static MibData Parse(string text, string fileName) => RecordingBuilder.Build(text, fileName, Read);

    private static void Read(RecordingBuilder recording, RecordingLines lines, string line)
    {
        if (line is EndOfMib)
        {
            return;
        }

        var number = lines.Number;
        var at = line.IndexOf(Separator, StringComparison.Ordinal);
        if (at < 0 && line.EndsWith(" =", StringComparison.Ordinal))
        {
            at = line.Length - 2;
        }

        if (at < 0)
        {
            throw recording.Error(number, "Not of the form OID = TYPE: value, as snmpwalk -On prints it.");
        }

        if (!Oid.TryParse(line[..at].Trim(), out var oid))
        {
            throw recording.Error(number, $"'{line[..at]}' is not an object identifier in numbers: print it with snmpwalk -On.");
        }

        var value = line[Math.Min(at + Separator.Length, line.Length)..];
        if (IsNothing(value))
        {
            return;
        }

        try
        {
            recording.Add(number, oid, SnmpWalkValue.Parse(Complete(value, lines)));
        }
        catch (FormatException problem)
        {
            throw recording.Error(number, problem.Message, problem);
        }
    }

    /// <summary>Adds the lines over which a value goes on: of a quoted string up to its closing quote, otherwise those with octets in hexadecimal.</summary>
    private static string Complete(string first, RecordingLines lines)
    {
        var value = new StringBuilder(first);
        var isQuoted = SnmpWalkValue.BeginsQuoted(first);
        while (isQuoted ? !SnmpWalkValue.IsClosed(value.ToString()) : lines.TryPeek(out var next) && SnmpWalkValue.IsHexLine(next))
        {
            if (!lines.TryRead(out var more))
            {
                throw new FormatException("The string has no closing quote.");
            }

            value.Append('\n').Append(more);
        }

        return value.ToString();
    }

    private static bool IsNothing(string value) =>
        value.StartsWith("No Such Object", StringComparison.Ordinal)
        || value.StartsWith("No Such Instance", StringComparison.Ordinal)
        || value.StartsWith("No more variables left", StringComparison.Ordinal);
}
