namespace Connections.Native.Rpc.Wire;

/// <summary>Why a server does not begin something.</summary>
internal enum RefusalReason : uint
{
    /// <summary>It does not serve this service, this version, or this method.</summary>
    Mismatch = 1,

    /// <summary>It is stopping.</summary>
    Closing = 2,

    /// <summary>The claim is not, or no longer, valid.</summary>
    NoClaim = 3,

    /// <summary>It has too much to do already.</summary>
    Overload = 4,

    /// <summary>It has handed the call on to a server that ended before it had answered.</summary>
    Died = 5,
}
