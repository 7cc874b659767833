namespace Connections.Snmp.Engine;

/// <summary>What became of one attempt of a request.</summary>
internal enum ExchangeOutcome
{
    /// <summary>The agent answered.</summary>
    Answered,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The connection to the agent was refused or lost, over TCP.</summary>
    Lost,
}
