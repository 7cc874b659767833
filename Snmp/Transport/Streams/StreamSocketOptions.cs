namespace Connections.Snmp.Transport.Streams;

/// <summary>How long the connections of a <see cref="StreamSocket"/> are waited for.</summary>
internal sealed record StreamSocketOptions
{
    /// <summary>
    /// How long a peer may take to accept a connection, to acknowledge what it was sent, and to finish a message that it has begun. It says nothing about how
    /// long an answer may take.
    /// </summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
