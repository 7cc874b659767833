using System.Globalization;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Rendering;

/// <summary>Values and times as one line of text.</summary>
internal static class ValueText
{
    internal static string Of(SnmpValue value) => OneLine(value.ToString());

    internal static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    /// <summary>Cuts a text that is too long, with an ellipsis at its end.</summary>
    internal static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..(length - 1)].TrimEnd()}…";

    /// <summary>The same text with points for control characters, but for line breaks and tabs.</summary>
    internal static string Harmless(string text) => string.Create(text.Length, text, static (harmless, text) =>
    {
        for (var i = 0; i < harmless.Length; i++)
        {
            harmless[i] = char.IsControl(text[i]) && text[i] is not ('\n' or '\t') ? '.' : text[i];
        }
    });

    internal static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
