using System.Runtime.CompilerServices;

namespace Connections.Snmp.Engine;

/// <summary>The kinds of <see cref="OperationStack"/>, each with a link of its own in every operation.</summary>
internal enum OperationLink
{
    /// <summary>On the way into the I/O thread's custody.</summary>
    Submitted,

    /// <summary>Made by user code on a thread that delivers results, to be sent with its next batch.</summary>
    Unsent,

    /// <summary>Cancelled by their callers.</summary>
    Cancelled,
}

/// <summary>An operation's links.</summary>
[InlineArray(3)]
internal struct OperationLinks
{
    private Operation? _first;
}
