using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connections.Native.Rpc.Hosting;

// What a section says of TCP.
public static partial class ServiceFile
{
    private static string? TcpAddressOf(string path, Entry? entry, RpcTls? tls)
    {
        if (entry is null)
        {
            return null;
        }

        try
        {
            var address = RpcAddress.Parse("tcp://" + entry.Value);
            return tls is not null || !IPAddress.TryParse(address.Host, out var host) || IPAddress.IsLoopback(host)
                ? address.ToString()
                : throw At(path, entry.Line, $"the key 'tcp' is '{entry.Value}', where other machines can connect; give certificate, key and authorities, or a loopback address");
        }
        catch (FormatException)
        {
            throw At(path, entry.Line, $"the key 'tcp' is '{entry.Value}', but must be HOST:PORT, such as 127.0.0.1:9000");
        }
    }

    private static RpcTls? TlsOf(string path, Section section, Func<string, Entry?> find)
    {
        string[] keys = ["certificate", "key", "authorities"];
        var entries = keys.Select(find).ToList();
        if (entries.TrueForAll(static entry => entry is null))
        {
            return null;
        }

        if (entries.FindIndex(static entry => entry is null) is >= 0 and var missing)
        {
            throw At(path, entries.Max(static entry => entry?.Line ?? 0), $"the section [{section.Name}] needs the key '{keys[missing]}' too: TLS takes {string.Join(", ", keys)}");
        }

        var files = entries.ConvertAll(entry => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, entry!.Value));
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(files[2]);
            return authorities.Count == 0
                ? throw At(path, entries[2]!.Line, $"the file of the key 'authorities', {files[2]}, has no certificate in the PEM format")
                : new RpcTls { Certificate = X509Certificate2.CreateFromPemFile(files[0], files[1]), TrustedAuthorities = authorities };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw At(path, entries[0]!.Line, $"certificate, key or authorities cannot be read: {error.Message.TrimEnd('.')}");
        }
    }
}
