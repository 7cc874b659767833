using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    /// <summary>The variables that requests without a context of their own speak of.</summary>
    internal MibContext DefaultContext { get; }

    /// <summary>Reads a variable as a GET would.</summary>
    /// <param name="oid">The variable's name.</param>
    /// <param name="value">Its value now.</param>
    /// <returns>Whether the device has that variable.</returns>
    public bool TryRead(in Oid oid, out SnmpValue value)
    {
        var index = Data.IndexOf(oid);
        value = index < 0 ? default : DefaultContext.Read(index, UpTime);
        return index >= 0;
    }

    /// <summary>Changes a variable from inside the process, whether or not a SET may; a computed one stops changing by itself.</summary>
    /// <param name="oid">The variable's name.</param>
    /// <param name="value">Its value from now on.</param>
    /// <exception cref="ArgumentException">The device has no such variable.</exception>
    public void Write(in Oid oid, in SnmpValue value)
    {
        var index = Data.IndexOf(oid);
        if (index < 0)
        {
            throw new ArgumentException($"The simulated device '{Name}' has no variable {oid}.", nameof(oid));
        }

        DefaultContext.Commit([new KeyValuePair<int, SnmpValue>(index, value)]);
    }

    /// <summary>What a walk under a root must come to: the checksum of all variables there, by their values at one moment.</summary>
    /// <param name="root">The root; the empty OID for the whole device.</param>
    public VarBindChecksum ChecksumUnder(in Oid root)
    {
        var upTime = UpTime;
        var checksum = default(VarBindChecksum);
        for (var index = Data.IndexAtOrAfter(root); index < Data.Count && Data.At(index).Oid.StartsWith(root); index++)
        {
            checksum = checksum.With(new VarBind(Data.At(index).Oid, DefaultContext.Read(index, upTime)));
        }

        return checksum;
    }
}
