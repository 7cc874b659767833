using Connections.Pooling;

namespace Connections.Native.Rpc.Calls;

/// <summary>A call has failed before anything of it was sent, so its claim is not used up. Never seen outside, as its cause is.</summary>
internal sealed class NotSentException(Exception cause) : ConnectionException(cause.Message, cause);
