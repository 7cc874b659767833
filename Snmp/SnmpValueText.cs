using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>Turns what a user typed into a value of a given type, or into an error that says what is wrong with it. Thread-safe.</summary>
public static partial class SnmpValueText
{
    private const NumberStyles Real = NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite);

    /// <summary>Reads a value of an SNMP type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="text">
    /// A whole number in decimal for the numeric types (hundredths of a second for <see cref="SnmpType.TimeTicks"/>), an IPv4 address, an OID in digits, a
    /// text for <see cref="SnmpType.OctetString"/>, hexadecimal octets for <see cref="SnmpType.Opaque"/>, nothing for <see cref="SnmpType.Null"/>.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="SnmpParseException">The text is no value of that type, or what is sent cannot have it. The message names the values that the type has.</exception>
    public static SnmpValue Parse(SnmpType type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return type switch
        {
            SnmpType.Integer32 => SnmpValue.Integer32((int)Signed(text, "Integer32", int.MinValue, int.MaxValue)),
            SnmpType.Counter32 => SnmpValue.Counter32((uint)Unsigned(text, "Counter32", uint.MaxValue)),
            SnmpType.Gauge32 => SnmpValue.Gauge32((uint)Unsigned(text, "Gauge32 or Unsigned32", uint.MaxValue)),
            SnmpType.TimeTicks => SnmpValue.TimeTicks((uint)Unsigned(text, "TimeTicks, which are hundredths of a second", uint.MaxValue)),
            SnmpType.Counter64 => SnmpValue.Counter64(Unsigned(text, "Counter64", ulong.MaxValue)),
            SnmpType.OctetString => SnmpValue.OctetString(text),
            SnmpType.ObjectIdentifier => SnmpValue.ObjectIdentifier(OidText.Parse(text)),
            SnmpType.IpAddress => SnmpValue.IpAddress(Address(text)),
            SnmpType.Opaque => SnmpValue.Opaque(Hexadecimal(text)),
            SnmpType.Null when text.Length == 0 => SnmpValue.Null,
            SnmpType.Null => throw Refused(text, "Null", "has no value: leave the text empty"),
            _ => throw new SnmpParseException($"Nothing that is sent has the type {type}: it stands for a value that is not there."),
        };
    }

    private static long Signed(string text, string type, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refused(text, type, $"must be a whole number from {least} to {most}");

    private static ulong Unsigned(string text, string type, ulong most) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw Refused(text, type, $"must be a whole number from 0 to {most}");

    private static double Floating(string text, string type, double most) =>
        double.TryParse(text, Real, CultureInfo.InvariantCulture, out var number) && !(double.IsFinite(number) && Math.Abs(number) > most)
            ? number
            : throw Refused(text, type, "must be a number such as -12.5 or 1e9, of no more than the type holds");

    // IPAddress takes 1 for 0.0.0.1 and much else that is more likely a mistake.
    private static IPAddress Address(string text) =>
        text.Count(static letter => letter == '.') == 3 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? address
            : throw Refused(text, "IpAddress", "must be an IPv4 address such as 192.0.2.1");

    private static SnmpParseException Refused(string text, string type, string rule) => new($"'{text}' is no {type}: it {rule}.");
}
