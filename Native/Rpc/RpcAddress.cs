using System.Globalization;

namespace Connections.Native.Rpc;

/// <summary>
/// Where a service is served: <c>shm://name</c>, in memory that processes of this user on this machine share, or <c>tcp://host:port</c>.
/// Immutable.
/// </summary>
public sealed record RpcAddress
{
    private const string Shared = "shm://";
    private const string Stream = "tcp://";

    private RpcAddress(string? name, string? host, int port)
    {
        Name = name;
        Host = host;
        Port = port;
    }

    /// <summary>The name in shared memory; null for TCP.</summary>
    public string? Name { get; }

    /// <summary>The host's name or IP address; null for shared memory.</summary>
    public string? Host { get; }

    /// <summary>The TCP port; 0, for a server, is any free one.</summary>
    public int Port { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text"><c>shm://name</c> or <c>tcp://host:port</c>, an IPv6 address in brackets.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static RpcAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(Shared, StringComparison.Ordinal) && text.Length > Shared.Length)
        {
            return new RpcAddress(text[Shared.Length..], null, 0);
        }

        if (text.StartsWith(Stream, StringComparison.Ordinal)
            && text.LastIndexOf(':') is var colon && colon > Stream.Length
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= ushort.MaxValue)
        {
            return OfTcp(text[Stream.Length..colon].Trim('[', ']'), port);
        }

        throw new FormatException($"'{text}' is no address of a service: write shm://name or tcp://host:port.");
    }

    /// <summary>The address as it is written.</summary>
    public override string ToString() => this switch
    {
        { Name: { } name } => Shared + name,
        _ when Host!.Contains(':', StringComparison.Ordinal) => string.Create(CultureInfo.InvariantCulture, $"{Stream}[{Host}]:{Port}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Stream}{Host}:{Port}"),
    };

    internal static RpcAddress OfTcp(string host, int port) => new(null, host, port);
}
