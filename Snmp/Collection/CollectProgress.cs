namespace Connections.Snmp.Collection;

/// <summary>What a collector has done so far. The numbers are read one after the other, while it works on.</summary>
/// <param name="Accepted">Requests taken from their source.</param>
/// <param name="Running">Requests being carried out.</param>
/// <param name="Succeeded">Requests that brought all they asked for.</param>
/// <param name="DoneWithErrors">Requests that brought a part of it.</param>
/// <param name="Failed">Requests that brought nothing.</param>
/// <param name="Records">Records of requests that have ended.</param>
/// <param name="Blocks">Blocks that were read.</param>
/// <param name="Octets">What these blocks take, in octets.</param>
public readonly record struct CollectProgress(
    long Accepted, long Running, long Succeeded, long DoneWithErrors, long Failed, long Records, long Blocks, long Octets);
