using Connections.Pooling;

namespace Connections.Snmp.Agent;

/// <summary>A simulated device cannot be where it should be. The message names the device, the endpoint, the cause and what to do.</summary>
public sealed class AgentException : ConnectionException
{
    /// <summary>Makes the error of one device.</summary>
    /// <param name="device">The simulated device's name.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="inner">The cause, if any.</param>
    public AgentException(string device, string message, Exception? inner = null)
        : base(message, inner) => Device = device;
}
