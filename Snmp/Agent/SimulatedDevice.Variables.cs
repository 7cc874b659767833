using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    private readonly Lock _writing = new();

    // Replaced whole, never changed in place: the agent's thread reads it without a lock while others write.
    private volatile Dictionary<int, SnmpValue>? _written;

    /// <summary>Reads a variable as a GET would.</summary>
    /// <param name="oid">The variable's name.</param>
    /// <param name="value">Its value now.</param>
    /// <returns>Whether the device has that variable.</returns>
    public bool TryRead(in Oid oid, out SnmpValue value)
    {
        var index = Data.IndexOf(oid);
        value = index < 0 ? default : Read(index, UpTime);
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

        Commit([new KeyValuePair<int, SnmpValue>(index, value)]);
    }

    internal SnmpValue Read(int index, TimeSpan upTime)
    {
        if (_written is { } written && written.TryGetValue(index, out var value))
        {
            return value;
        }

        ref readonly var variable = ref Data.At(index);
        return variable.Compute is { } compute ? compute(upTime) : variable.Value;
    }

    /// <summary>Changes several variables at once: a reader sees all of them or none.</summary>
    internal void Commit(params ReadOnlySpan<KeyValuePair<int, SnmpValue>> changes)
    {
        lock (_writing)
        {
            Dictionary<int, SnmpValue> written = _written is { } before ? new(before) : [];
            foreach (var (index, value) in changes)
            {
                written[index] = value;
            }

            _written = written;
        }
    }
}
