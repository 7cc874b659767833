namespace Connections.Snmp.Engine;

// What a request over TCP has besides: whether the connection that it was given to last is gone.
internal abstract partial class Operation
{
    /// <summary>Whether it was lost with its connection. On the I/O thread.</summary>
    internal bool IsLost { get; set; }

    /// <summary>Whether the end of the present attempt begins another one; over TCP that does not help while the connection lasts.</summary>
    internal bool MayBeSentAgain => Attempt > 0 && Attempt < AttemptLimit && (IsLost || Socket.Streams is null);
}
