namespace Connections.Terminal.Ssh;

/// <summary>Where and how an OpenSSH client connects. What is not said here is as the user's configuration of OpenSSH has it. Immutable.</summary>
public sealed record SshOptions
{
    /// <summary>A terminal of which no program expects colours.</summary>
    public const string DefaultTerminalType = "dumb";

    /// <summary>The client, by name or path.</summary>
    public string Program { get; init; } = "ssh";

    /// <summary>A host name, an address, or a <c>Host</c> of the configuration.</summary>
    public required string Host { get; init; }

    /// <summary>The port, from 1 to 65535; the configuration's if null.</summary>
    public int? Port { get; init; }

    /// <summary>The user; the configuration's if null.</summary>
    public string? User { get; init; }

    /// <summary>
    /// The password of <see cref="User"/> on <see cref="Host"/>; null for none. No jump host is given it. One line of at most 1,024 bytes.
    /// </summary>
    public Secret? Password { get; init; }

    /// <summary>The passphrase of the user's keys, likewise; null for none.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>A configuration in place of the user's and the system's; null for those.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The file of a key to try besides the configured ones; null for none.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>What the terminal is told to be.</summary>
    public string TerminalType { get; init; } = DefaultTerminalType;

    /// <summary>How long connecting may take, at least a second as OpenSSH counts; the address and the key exchange, not the login.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further settings by name, as <c>ssh_config</c> has them; they count more than the configuration.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
