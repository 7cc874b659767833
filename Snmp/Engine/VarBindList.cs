using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

/// <summary>Turns the varbinds of a reply into an array of exactly their number.</summary>
internal static class VarBindList
{
    internal static bool TryRead(ReadOnlySpan<byte> list, out VarBind[] varBinds)
    {
        varBinds = [];
        if (!TryCount(list, out var count))
        {
            return false;
        }

        if (count == 0)
        {
            return true;
        }

        var result = new VarBind[count];
        var reader = new VarBindReader(list);
        for (var i = 0; reader.TryRead(out var slice); i++)
        {
            if (slice.TryToVarBind(out result[i]) != SnmpParseError.None)
            {
                return false;
            }
        }

        varBinds = result;
        return true;
    }

    private static bool TryCount(ReadOnlySpan<byte> list, out int count)
    {
        count = 0;
        var reader = new VarBindReader(list);
        while (reader.TryRead(out _))
        {
            count++;
        }

        return reader.Error == SnmpParseError.None;
    }
}
