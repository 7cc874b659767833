namespace Connections.NetSnmp.Sharing;

/// <summary>Which type of error it is that a shared pool tells of.</summary>
internal enum PoolFaultKind
{
    /// <summary><see cref="Snmp.SnmpException"/>, or one that derives from it and has no kind here.</summary>
    Snmp,

    /// <summary>The agent does not accept the user: what <see cref="Snmp.SnmpAuthenticationException.From"/> makes.</summary>
    User,

    /// <summary><see cref="Pooling.PoolTimeoutException"/>.</summary>
    PoolTimeout,

    /// <summary><see cref="NotConnectedException"/>.</summary>
    NotConnected,

    /// <summary><see cref="Pooling.ConnectFailedException"/>.</summary>
    ConnectFailed,

    /// <summary><see cref="Native.Rpc.ServerDiedException"/>, of a worker's own process.</summary>
    WorkerDied,

    /// <summary>Another <see cref="Pooling.ConnectionException"/>.</summary>
    Connection,
}
