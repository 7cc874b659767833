using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>One object instance of a simulated device: its name, its value or the way to compute it, and what a SET may do to it.</summary>
/// <param name="Oid">The instance's name, such as <c>1.3.6.1.2.1.1.5.0</c>.</param>
/// <param name="Value">The value until a SET changes it; not used while <see cref="Compute"/> is present.</param>
public readonly record struct MibVariable(Oid Oid, SnmpValue Value)
{
    /// <summary>A variable whose value depends on how long the device has been up. Such a variable is not writable.</summary>
    /// <param name="oid">The instance's name.</param>
    /// <param name="compute">
    /// Gives the value at an up time. Runs on the agent's thread for each read, so it must be quick, must not block and must not throw.
    /// </param>
    public MibVariable(Oid oid, Func<TimeSpan, SnmpValue> compute)
        : this(oid, SnmpValue.Null) => Compute = compute;

    /// <summary>Gives the value at an up time of the device, or null for a stored value.</summary>
    public Func<TimeSpan, SnmpValue>? Compute { get; }

    /// <summary>Gives the value that the device itself has, or null for one that does not depend on it.</summary>
    internal Func<SimulatedDevice, SnmpValue>? OfDevice { get; init; }

    /// <summary>Whether a SET with the write community may change the value.</summary>
    public bool IsWritable { get; init; }

    /// <summary>What a SET may write, or null for anything of the variable's type.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>
    /// Says whether a SET may write a value that has the right type and is in range: <see cref="SnmpErrorStatus.NoError"/>, or the error-status of the response, such as
    /// <see cref="SnmpErrorStatus.InconsistentValue"/>. Null for any value. Runs on the agent's thread, so it must be quick and must not throw.
    /// </summary>
    public Func<SnmpValue, SnmpErrorStatus>? Check { get; init; }

    /// <summary>
    /// How many of the last arcs are the instance: 1 for a scalar (<c>.0</c>) and for a row with an integer index. A request for
    /// another instance of the same object is answered with noSuchInstance, one for an unknown object with noSuchObject (RFC 3416
    /// section 4.2.1).
    /// </summary>
    public int InstanceLength { get; init; } = 1;
}
