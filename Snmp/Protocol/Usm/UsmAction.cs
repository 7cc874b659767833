namespace Connections.Snmp.Protocol.Usm;

/// <summary>What a message from a remote engine means for the request that it answers by its msgID.</summary>
internal enum UsmAction
{
    /// <summary>The PDU is the answer.</summary>
    Deliver = 0,

    /// <summary>The request must be sent again, with a new msgID and what was learned; this uses up no retry.</summary>
    SendAgain,

    /// <summary>The engine refuses the request, and will do so again.</summary>
    Fail,

    /// <summary>The message does not count: anyone may have sent it, and the answer may still come.</summary>
    Drop,
}
