using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>Turns what a user typed into an OID, or into an error that says what is wrong with it.</summary>
internal static class OidText
{
    /// <exception cref="SnmpParseException">The text is no OID.</exception>
    internal static Oid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Oid.Parse(text);
        }
        catch (FormatException error)
        {
            throw new SnmpParseException($"'{text}' is no OID: {error.Message} Write it in digits, such as 1.3.6.1.2.1.1.5.0.", error);
        }
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
