using Connections.Snmp.Collection.Parsing;

namespace Connections.Snmp.Tests.Collection.Parsing;

/// <summary>A row of dot1qTpFdbTable (RFC 4363): where a VLAN has a MAC address.</summary>
internal struct Learned : ITableRow<Learned, (uint Vlan, ulong Mac)>
{
    public long Port;
    public Status Status;

    public static bool TryParseIndex(ref IndexReader reader, out (uint Vlan, ulong Mac) index) =>
        IndexParser.Integer.Then(IndexParser.Mac).TryParse(ref reader, out index);

    public static bool TrySet(ref Learned row, int root, ref ValueReader reader) => root == 0
        ? ValueParser.Integer.TryParse(ref reader, out row.Port)
        : ValueParser.Integer.Map<StatusOf, Status>().TryParse(ref reader, out row.Status);
}

/// <summary>How a MAC address came into the table.</summary>
internal enum Status
{
    Other = 1,
    Invalid,
    Learned,
    Self,
    Mgmt,
}

/// <summary>From a number to its name.</summary>
internal readonly struct StatusOf : IMapping<long, Status>
{
    public static bool TryMap(long from, out Status to)
    {
        to = (Status)from;
        return Enum.IsDefined(to);
    }
}
