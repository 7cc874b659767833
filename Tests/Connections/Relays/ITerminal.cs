using Connections.Pools;
using Connections.Telnet;

namespace Connections.Tests.Relays;

/// <summary>A command line, of which a pool may have several.</summary>
[Pooled]
public interface ITerminal
{
    /// <inheritdoc cref="TelnetConnection.ExecuteAsync"/>
    Task<string> ExecuteAsync(string command, CancellationToken cancellationToken = default);
}
