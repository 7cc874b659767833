using System.Collections.Frozen;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    private readonly FrozenDictionary<byte[], MibContext> _contexts;

    /// <summary>The variables that requests without a context of their own speak of.</summary>
    internal MibContext DefaultContext { get; }

    /// <summary>Reads a variable as a GET would.</summary>
    /// <param name="oid">The variable's name.</param>
    /// <param name="value">Its value now.</param>
    /// <param name="contextName">The context that it belongs to; by default the one without a name.</param>
    /// <returns>Whether the device has that variable.</returns>
    /// <exception cref="ArgumentException">The device has no such context.</exception>
    public bool TryRead(in Oid oid, out SnmpValue value, string contextName = "")
    {
        var context = GetContext(contextName);
        var index = context.Data.IndexOf(oid);
        value = index < 0 ? default : context.Read(index, UpTime);
        return index >= 0;
    }

    /// <summary>Changes a variable from inside the process, whether or not a SET may; a computed one stops changing by itself.</summary>
    /// <param name="oid">The variable's name.</param>
    /// <param name="value">Its value from now on.</param>
    /// <param name="contextName">The context that it belongs to; by default the one without a name.</param>
    /// <exception cref="ArgumentException">The device has no such variable, or no such context.</exception>
    public void Write(in Oid oid, in SnmpValue value, string contextName = "")
    {
        var context = GetContext(contextName);
        var index = context.Data.IndexOf(oid);
        if (index < 0)
        {
            throw new ArgumentException($"The simulated device '{Name}' has no variable {oid}{In(contextName)}.", nameof(oid));
        }

        context.Commit([new KeyValuePair<int, SnmpValue>(index, value)]);
    }

    /// <summary>What a walk under a root must come to: the checksum of all variables there, by their values at one moment.</summary>
    /// <param name="root">The root; the empty OID for the whole context.</param>
    /// <param name="contextName">The context that is walked; by default the one without a name.</param>
    /// <exception cref="ArgumentException">The device has no such context.</exception>
    public VarBindChecksum ChecksumUnder(in Oid root, string contextName = "")
    {
        var context = GetContext(contextName);
        var data = context.Data;
        var upTime = UpTime;
        var checksum = default(VarBindChecksum);
        for (var index = data.IndexAtOrAfter(root); index < data.Count && data.At(index).Oid.StartsWith(root); index++)
        {
            checksum = checksum.With(new VarBind(data.At(index).Oid, context.Read(index, upTime)));
        }

        return checksum;
    }

    /// <summary>The context of a name as it stands in a message; null where the device has none.</summary>
    internal MibContext? FindContext(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return DefaultContext;
        }

        return _contexts.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var context) ? context : null;
    }

    private MibContext GetContext(string name) => FindContext(Encoding.UTF8.GetBytes(name))
        ?? throw new ArgumentException($"The simulated device '{Name}' has no context '{name}'.", nameof(name));

    private static string In(string contextName) => contextName.Length == 0 ? "" : $" in its context '{contextName}'";
}
