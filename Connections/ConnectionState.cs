namespace Connections;

/// <summary>Where a connection is in its life.</summary>
public enum ConnectionState
{
    /// <summary>Not connected yet, or disconnected; it can be connected.</summary>
    Disconnected,

    /// <summary>Being connected.</summary>
    Connecting,

    /// <summary>Ready for calls.</summary>
    Connected,

    /// <summary>Lost, or out of step with its device after a call that was cut short; connecting again mends it.</summary>
    Faulted,

    /// <summary>Disposed; for good.</summary>
    Disposed,
}
