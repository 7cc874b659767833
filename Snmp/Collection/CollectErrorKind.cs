namespace Connections.Snmp.Collection;

/// <summary>Why a request of a collection brought less than all. The numbers stand in blocks; a later version may add some.</summary>
public enum CollectErrorKind : ushort
{
    /// <summary>Another reason; the message tells it.</summary>
    Other = 0,

    /// <summary>No valid response came in time.</summary>
    Timeout = 1,

    /// <summary>The agent answered with an error status, which is the error's detail.</summary>
    ErrorStatus = 2,

    /// <summary>The agent's OIDs do not increase.</summary>
    NotIncreasing = 3,

    /// <summary>The request is not allowed: no root, roots that contain each other, a number out of its range.</summary>
    InvalidRequest = 4,

    /// <summary>There is no way to the device: no address, no connection.</summary>
    NotConnected = 5,

    /// <summary>The device or its credentials are not known by the name given.</summary>
    UnknownTarget = 6,

    /// <summary>The collection was cancelled, or its deadline came.</summary>
    Cancelled = 7,

    /// <summary>The agent refused the user, the key, the level of security, or the time.</summary>
    Authentication = 8,

    /// <summary>The agent's answer has another object than the one asked for.</summary>
    WrongObject = 9,
}
