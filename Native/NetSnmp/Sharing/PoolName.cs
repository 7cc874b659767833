using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connections.NetSnmp.Sharing;

/// <summary>
/// What a shared pool is called on this machine: by what a testbed says of its connection, so that the process that has it and those that use it come to the same
/// name, and pools of equal names in two labs do not.
/// </summary>
internal sealed record PoolName
{
    private const int DefaultPort = 161;
    private const int HashOctets = 12;

    private PoolName(string text) => Text = text;

    /// <summary>The device, the connection, and where it leads.</summary>
    public string Text { get; }

    /// <summary>Where its workers are asked.</summary>
    public string Address => $"shm://pool-{Hash}";

    /// <summary>Where it is asked what needs no worker, or one that is held already.</summary>
    public string ControlAddress => $"{Address}-control";

    /// <param name="settings">The connection as its testbed has it: before a simulation gives it an address.</param>
    public static PoolName Of(ConnectionSettings settings)
    {
        var place = settings.Simulated || settings.Host is null
            ? "simulated"
            : string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port ?? DefaultPort}");
        return new PoolName($"{settings.DeviceName}/{settings.Via} ({place})");
    }

    /// <summary>The name whose <see cref="Text"/> is known.</summary>
    public static PoolName Parse(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Paths of sockets are short.
    private string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, HashOctets));
}
