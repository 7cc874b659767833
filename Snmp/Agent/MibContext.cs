using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// The variables that a request of one context sees (RFC 3411 section 3.3.1): data that devices may share, and what was written over them here. The default one, whose
/// name is empty, is what community-based messages speak of.
/// </summary>
internal sealed class MibContext(SimulatedDevice device, string name, MibData data)
{
    private readonly Lock _writing = new();

    // Replaced whole, never changed in place: the agent's thread reads it without a lock while others write.
    private volatile Dictionary<int, SnmpValue>? _written;

    public string Name { get; } = name;

    public MibData Data { get; } = data;

    public SnmpValue Read(int index, TimeSpan upTime)
    {
        if (_written is { } written && written.TryGetValue(index, out var value))
        {
            return value;
        }

        ref readonly var variable = ref Data.At(index);
        return variable switch
        {
            { Compute: { } compute } => compute(upTime),
            { OfDevice: { } read } => read(device),
            _ => variable.Value,
        };
    }

    /// <summary>Changes several variables at once: a reader sees all of them or none.</summary>
    public void Commit(params ReadOnlySpan<KeyValuePair<int, SnmpValue>> changes)
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
