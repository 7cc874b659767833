using Connections.Snmp.Mibs.Formatting;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Formatting;

/// <summary>What Net-SNMP's tools print, against what this library does.</summary>
internal static class PrintedLines
{
    /// <summary>
    /// The lines that differ, in pairs: what the tool printed, and what stands in its place here; empty where none does. Control characters, which are points here so that no agent commands a
    /// terminal, and octets that are no text in UTF-8 are passed over.
    /// </summary>
    public static string Differences(IEnumerable<VarBind> varBinds, VarBindText text, string printed)
    {
        var ours = Lines(string.Concat(varBinds.Select(varBind => text.Format(varBind) + "\n")));
        var theirs = Lines(printed);
        var pairs = theirs.Zip(ours).Where(static pair => pair.First != pair.Second).Select(static pair => $"theirs {pair.First}\nours   {pair.Second}\n");
        return string.Concat(pairs) + (ours.Length == theirs.Length ? "" : $"{theirs.Length} lines of theirs, {ours.Length} of ours");
    }

    private static string[] Lines(string text) =>
        string.Concat(text.Select(static character => (char.IsControl(character) && character is not (>= '\t' and <= '\r')) || character == '\uFFFD' ? '.' : character)).Split('\n');
}
