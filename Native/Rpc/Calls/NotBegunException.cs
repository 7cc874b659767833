using Connections.Pooling;

namespace Connections.Native.Rpc.Calls;

/// <summary>A server has not begun a call, and will not: it may be made again, here or elsewhere, whatever it does. Never seen outside.</summary>
internal sealed class NotBegunException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
