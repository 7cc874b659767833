using Connections.Collector.Results;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Database;

/// <summary>A value as a row of a table. Its key is the request and the instance: however often a request is carried out, each of its instances has one row.</summary>
internal readonly record struct ValueRow(string Request, string Target, string Root, string Index, DateTime At, string Type)
{
    /// <summary>The value of every type of integer: a Counter64 needs 20 digits.</summary>
    internal decimal? Number { get; init; }

    /// <summary>The value of an OCTET STRING or Opaque.</summary>
    internal byte[]? Octets { get; init; }

    /// <summary>The value of an OID or IpAddress, with dots.</summary>
    internal string? Dotted { get; init; }

    internal double? Rate { get; init; }

    internal static ValueRow Of(in CollectedRow collected)
    {
        var (row, rate) = collected;
        var value = row.VarBind.Value;
        return new ValueRow(
            row.Request.Id, row.Request.Target, row.Request.Shape.Roots[row.Root].ToString(), row.Index.ToString(), row.Timestamp.UtcDateTime, TypeNames.Of(value.Type))
        {
            Number = value.Type switch
            {
                SnmpType.Integer32 => value.ToInt64(),
                SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 => value.ToUInt64(),
                _ => null,
            },
            Octets = value.Type is SnmpType.OctetString or SnmpType.Opaque ? value.Bytes.ToArray() : null,
            Dotted = value.Type is SnmpType.ObjectIdentifier or SnmpType.IpAddress ? value.ToString() : null,
            Rate = rate,
        };
    }
}
