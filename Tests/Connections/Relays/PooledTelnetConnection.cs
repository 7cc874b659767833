using Connections.Telnet;

namespace Connections.Tests.Relays;

/// <summary>A Telnet connection that can be a worker of a pool.</summary>
public sealed class PooledTelnetConnection(ConnectionSettings settings) : TelnetConnection(settings), ITerminal;
