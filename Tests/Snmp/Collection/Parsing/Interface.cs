using Connections.Snmp.Collection.Parsing;

namespace Connections.Snmp.Tests.Collection.Parsing;

/// <summary>A row of ifXTable (RFC 2863), indexed by ifIndex.</summary>
internal struct Interface : ITableRow<Interface, uint>
{
    public string Name;
    public ulong OctetsIn;
    public ulong OctetsOut;

    public static bool TryParseIndex(ref IndexReader reader, out uint index) => IndexParser.Integer.TryParse(ref reader, out index);

    public static bool TrySet(ref Interface row, int root, ref ValueReader reader) => root switch
    {
        0 => ValueParser.Text.TryParse(ref reader, out row.Name),
        1 => ValueParser.Counter.TryParse(ref reader, out row.OctetsIn),
        _ => ValueParser.Counter.TryParse(ref reader, out row.OctetsOut),
    };
}
