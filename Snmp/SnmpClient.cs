using Connections.Snmp.Engine;

namespace Connections.Snmp;

/// <summary>
/// A handle on an engine for one agent: no socket, no state, no lock. Any number of calls may be under way at once; a
/// <see cref="SnmpConnection"/> is the one to use where calls take turns. Thread-safe.
/// </summary>
public sealed class SnmpClient : ISnmpClient
{
    /// <summary>Makes a handle.</summary>
    /// <param name="engine">What sends and receives.</param>
    /// <param name="target">The agent.</param>
    public SnmpClient(SnmpEngine engine, SnmpTarget target)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(target);
        Engine = engine;
        Target = target;
    }

    /// <summary>What sends and receives.</summary>
    public SnmpEngine Engine { get; }

    /// <summary>The agent.</summary>
    public SnmpTarget Target { get; }

    /// <inheritdoc/>
    public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
        Engine.SendAsync(Target, request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default) =>
        Engine.CollectAsync(Target, request, cancellationToken);
}
