namespace Connections.Terminal.Ssh;

/// <summary>Why an OpenSSH client gave up.</summary>
public enum SshFailure
{
    /// <summary>For another reason, which the message tells.</summary>
    Other,

    /// <summary>The host has another key than the known one.</summary>
    HostKeyChanged,

    /// <summary>No key of the host is known, and the user's policy does not accept it unasked.</summary>
    HostKeyUnknown,

    /// <summary>The host does not let the user in with the keys and the password that there are.</summary>
    AccessDenied,

    /// <summary>Nothing listens at the port.</summary>
    Refused,

    /// <summary>The name of the host has no address.</summary>
    UnknownHost,

    /// <summary>The host does not answer, or no way leads to it.</summary>
    Unreachable,

    /// <summary>There is no OpenSSH client on this machine.</summary>
    NotInstalled,
}
