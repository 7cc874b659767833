using System.Security.Cryptography.X509Certificates;

namespace Connections.Native.Rpc;

/// <summary>
/// Certificates for calls over TCP. Both sides show one, and each accepts only what one of its trusted authorities has issued. Without it
/// only addresses of this machine itself are served and called.
/// </summary>
public sealed record RpcTls
{
    /// <summary>This side's certificate, with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>The authorities whose certificates the other side may show; those of the system are not asked.</summary>
    public required X509Certificate2Collection TrustedAuthorities { get; init; }

    /// <summary>For a client: the name that must be in the server's certificate; by default the host of the address.</summary>
    public string? ServerName { get; init; }
}
