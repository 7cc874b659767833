using System.Collections.Immutable;
using System.Text;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Reads a file, and parses the modules in it.</summary>
internal static class FileParser
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    internal static async Task<ParsedFile> ParseAsync(FileInfo info, int maxSize, CancellationToken cancellationToken)
    {
        if (info.Length > maxSize)
        {
            return Refused(info, $"The file has {info.Length} octets, and no more than {maxSize} are read.");
        }

        // What has no length is a device or a pipe, whose reading might never end.
        var octets = info.Length == 0 ? [] : await File.ReadAllBytesAsync(info.FullName, cancellationToken).ConfigureAwait(false);
        if (!MentionsModule(octets))
        {
            return Refused(info, "There is no module in it.");
        }

        var log = new MibParseLog(info.FullName);
        var modules = MibParser.Parse(TextOf(octets, log), log);
        return modules.IsEmpty ? Refused(info, "There is no module in it.") : new ParsedFile(info.FullName, info.Length, info.LastWriteTimeUtc) { Modules = modules };
    }

    internal static ParsedFile Refused(FileInfo info, string message) => new(info.FullName, info.Exists ? info.Length : -1, info.Exists ? info.LastWriteTimeUtc : default)
    {
        Diagnostics = [new MibDiagnostic(info.FullName, 0, MibSeverity.Error, message)],
    };

    private static bool MentionsModule(ReadOnlySpan<byte> octets) =>
        octets.IndexOf("DEFINITIONS"u8) >= 0 || octets.IndexOf("efinitions"u8) >= 0;

    private static string TextOf(byte[] octets, MibParseLog log)
    {
        var foreign = octets.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (foreign < 0)
        {
            return Encoding.ASCII.GetString(octets);
        }

        var line = 1 + octets.AsSpan(0, foreign).Count((byte)'\n');
        var (text, encoding) = Decode(octets);
        log.Warn(line, $"The octet 0x{octets[foreign]:X2} is no ASCII.", $"The file was read as {encoding}.");
        return text;
    }

    private static (string Text, string Encoding) Decode(byte[] octets)
    {
        try
        {
            return (new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(octets), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            // Every octet is a character of Latin-1.
            return (Encoding.Latin1.GetString(octets), "Latin-1");
        }
    }
}
