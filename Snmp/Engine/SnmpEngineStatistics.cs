namespace Connections.Snmp.Engine;

/// <summary>What an engine has done since it was made.</summary>
/// <param name="Requests">Requests, retransmissions not counted; each page of a walk is one.</param>
/// <param name="Retransmissions">Requests sent again.</param>
/// <param name="Responses">Responses that answered a request.</param>
/// <param name="Timeouts">Requests that no response came to.</param>
/// <param name="Late">Packets dropped because nobody waits for them any more: late, or duplicates.</param>
/// <param name="Foreign">Packets dropped because they came from another address, or with another community or version, than asked, or hold other objects.</param>
/// <param name="Unparsable">Packets dropped because they are no SNMP message.</param>
/// <param name="Discoveries">Packets sent to ask an agent for its engine ID, as SNMPv3 needs it.</param>
/// <param name="Reports">Reports by which agents of SNMPv3 refused a request or told their engine ID or their time.</param>
/// <param name="Combined">GETs that travelled in the request of another one: so many packets were saved each way.</param>
/// <param name="BytesSent">Octets of SNMP messages sent.</param>
/// <param name="BytesReceived">Octets of SNMP messages received, dropped ones included.</param>
/// <param name="InFlight">Requests sent and neither answered nor given up now.</param>
/// <param name="Waiting">Requests that wait for room in flight now.</param>
public readonly record struct SnmpEngineStatistics(
    long Requests,
    long Retransmissions,
    long Responses,
    long Timeouts,
    long Late,
    long Foreign,
    long Unparsable,
    long Discoveries,
    long Reports,
    long Combined,
    long BytesSent,
    long BytesReceived,
    int InFlight,
    int Waiting);
