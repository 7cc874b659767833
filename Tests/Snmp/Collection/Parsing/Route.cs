using Connections.Snmp.Collection.Parsing;

namespace Connections.Snmp.Tests.Collection.Parsing;

/// <summary>A row of ipCidrRouteTable (RFC 2096), indexed by destination, mask, type of service and next hop.</summary>
internal struct Route : ITableRow<Route, ((uint Destination, uint Mask) Network, (uint Service, uint NextHop) Way)>
{
    public long Interface;
    public long Metric;

    public static bool TryParseIndex(ref IndexReader reader, out ((uint Destination, uint Mask) Network, (uint Service, uint NextHop) Way) index) =>
        IndexParser.IPv4.Then(IndexParser.IPv4).Then(IndexParser.Integer.Then(IndexParser.IPv4)).TryParse(ref reader, out index);

    public static bool TrySet(ref Route row, int root, ref ValueReader reader) => root switch
    {
        0 => ValueParser.Integer.TryParse(ref reader, out row.Interface),
        _ => ValueParser.Integer.Default(-1).TryParse(ref reader, out row.Metric),
    };
}
