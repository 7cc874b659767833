using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>Turns what a user typed into an OID, or into an error that says what is wrong with it.</summary>
internal static class OidText
{
    /// <exception cref="SnmpParseException">The text is no OID, and no name of <see cref="MibTree.Current"/>.</exception>
    internal static Oid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // An OID in digits needs no names to be read.
        return Oid.TryParse(text, out var oid) ? oid : MibTree.Current.Resolve(text);
    }

    /// <inheritdoc cref="Parse(string)"/>
    internal static Oid[] Parse(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var oids = new Oid[texts.Count];
        for (var i = 0; i < oids.Length; i++)
        {
            oids[i] = Parse(texts[i]);
        }

        return oids;
    }
}
