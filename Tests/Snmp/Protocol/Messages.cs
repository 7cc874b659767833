using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>What several tests of messages do.</summary>
internal static class Messages
{
    /// <summary>The decoded varbinds of a message, all of which must be good.</summary>
    public static List<VarBind> VarBinds(in SnmpMessageHeader header)
    {
        var result = new List<VarBind>();
        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(SnmpParseError.None));
            result.Add(varBind);
        }

        Assert.That(reader.Error, Is.EqualTo(SnmpParseError.None));
        return result;
    }
}
