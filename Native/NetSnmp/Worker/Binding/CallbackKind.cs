namespace Connections.NetSnmp.Worker.Binding;

/// <summary>Why the library calls back (<c>NETSNMP_CALLBACK_OP_*</c>).</summary>
internal enum CallbackKind
{
    ReceivedMessage = 1,
    TimedOut = 2,
    SendFailed = 3,
    Connected = 4,
    Disconnected = 5,
    SentAgain = 6,
    SecurityError = 7,
}
