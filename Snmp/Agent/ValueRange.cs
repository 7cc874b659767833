using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// What a SET may write into a variable: the size of an octet string in octets, the value of a number (the size and range
/// of a SYNTAX clause, RFC 2578 section 9). Both ends are included. Values of other types are not restricted.
/// </summary>
/// <param name="Minimum">The smallest size or value allowed.</param>
/// <param name="Maximum">The largest size or value allowed.</param>
public readonly record struct ValueRange(long Minimum, long Maximum)
{
    internal SnmpErrorStatus Validate(in SnmpValue value) => value.Type switch
    {
        SnmpType.OctetString or SnmpType.Opaque when !Includes(value.Bytes.Length) => SnmpErrorStatus.WrongLength,
        SnmpType.Integer32 or SnmpType.Gauge32 or SnmpType.Counter32 or SnmpType.TimeTicks when !Includes(value.ToInt64()) => SnmpErrorStatus.WrongValue,
        _ => SnmpErrorStatus.NoError,
    };

    private bool Includes(long number) => Minimum <= number && number <= Maximum;
}
