using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Connections.Native.Rpc.Transport;

/// <summary>Puts TLS over a connection, with certificates on both sides.</summary>
internal static class TlsHandshake
{
    /// <summary>The client's side.</summary>
    /// <exception cref="RpcSecurityException">One side does not accept the other's certificate.</exception>
    public static ValueTask<Stream> ConnectAsync(Stream stream, RpcTls tls, string host, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = tls.ServerName ?? host,
            ClientCertificateContext = SslStreamCertificateContext.Create(tls.Certificate, null, offline: true),
            CertificateChainPolicy = PolicyOf(tls),
        };
        return RunAsync(stream, $"the server {options.TargetHost}", encrypted => encrypted.AuthenticateAsClientAsync(options, cancellationToken));
    }

    /// <summary>The server's side.</summary>
    /// <exception cref="RpcSecurityException">One side does not accept the other's certificate, or the client shows none.</exception>
    public static ValueTask<Stream> AcceptAsync(Stream stream, RpcTls tls, string client, CancellationToken cancellationToken)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(tls.Certificate, null, offline: true),
            ClientCertificateRequired = true,
            CertificateChainPolicy = PolicyOf(tls),
        };
        return RunAsync(stream, $"the client {client}", encrypted => encrypted.AuthenticateAsServerAsync(options, cancellationToken));
    }

    private static async ValueTask<Stream> RunAsync(Stream stream, string peer, Func<SslStream, Task> authenticate)
    {
        var encrypted = new SslStream(stream);
        try
        {
            await authenticate(encrypted).ConfigureAwait(false);
            return encrypted;
        }
        catch (Exception error)
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            if (error is AuthenticationException or IOException)
            {
                throw new RpcSecurityException(
                    $"TLS with {peer} failed: {error.Message} Both sides need a certificate that an authority trusted by the other has issued.", error);
            }

            throw;
        }
    }

    private static X509ChainPolicy PolicyOf(RpcTls tls)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(tls.TrustedAuthorities);
        return policy;
    }
}
