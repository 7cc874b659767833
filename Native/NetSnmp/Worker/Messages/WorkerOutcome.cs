namespace Connections.NetSnmp.Worker.Messages;

/// <summary>What became of a request, in the first octet of a worker's answer.</summary>
internal enum WorkerOutcome : byte
{
    /// <summary>The agent's response follows, a whole message.</summary>
    Answered = 0,

    /// <summary>The agent's Report follows, as a message of SNMPv2c.</summary>
    Reported = 1,

    /// <summary>The agent did not answer in time.</summary>
    TimedOut = 2,

    /// <summary>The connection to the agent was refused, or lost; what is known of it follows as text.</summary>
    Lost = 3,

    /// <summary>The request cannot be carried out; why follows as text.</summary>
    Failed = 4,

    /// <summary>The settings are taken.</summary>
    Ready = 5,

    /// <summary>The library is missing or unknown; what to do follows as text.</summary>
    Unavailable = 6,
}
