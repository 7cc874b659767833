namespace Connections.Terminal.Ssh;

/// <summary>What an OpenSSH client says of its end, in words for whoever has to do something about it.</summary>
internal static class SshErrors
{
    private static readonly (string Sign, SshFailure Reason)[] Signs =
    [
        ("HOST IDENTIFICATION HAS CHANGED", SshFailure.HostKeyChanged),
        ("Host key verification failed", SshFailure.HostKeyUnknown),
        ("Permission denied (", SshFailure.AccessDenied),
        ("Permission denied, please try again", SshFailure.AccessDenied),
        ("Too many authentication failures", SshFailure.AccessDenied),
        ("Connection refused", SshFailure.Refused),
        ("Could not resolve hostname", SshFailure.UnknownHost),
        ("timed out", SshFailure.Unreachable),
        ("No route to host", SshFailure.Unreachable),
        ("Network is unreachable", SshFailure.Unreachable),
    ];

    /// <summary>The error of a client that ended before its session had printed anything.</summary>
    public static SshException OfOpening(SshOptions options, string errors, int? status)
    {
        var reason = Signs.FirstOrDefault(sign => errors.Contains(sign.Sign, StringComparison.Ordinal)).Reason;
        return new SshException(Explain(reason, options) + Quote(errors, status), reason);
    }

    /// <summary>The error of a client whose session has ended.</summary>
    public static SshException OfSession(SshOptions options, string errors, int? status) =>
        new($"The SSH session with {Place(options)} ended." + Quote(errors, status), SshFailure.Other);

    /// <summary>The error where there is no client.</summary>
    public static SshException NotInstalled(SshOptions options) => new(
        $"There is no program '{options.Program}' on this machine. Install OpenSSH's client: the package 'openssh-client' of Debian and Ubuntu, 'openssh-clients' of Fedora and Red Hat.",
        SshFailure.NotInstalled);

    private static string Explain(SshFailure reason, SshOptions options) => reason switch
    {
        SshFailure.HostKeyChanged =>
            $"The host key of {Place(options)} is not the one that is known of it: it was set up anew, or somebody stands in between. "
            + $"Check its key; if it is right, remove the old one with: ssh-keygen -R '{KnownName(options)}'.",
        SshFailure.HostKeyUnknown =>
            $"No host key of {Place(options)} is known, and the policy here does not accept it unasked. "
            + "Check its key and add it to the known hosts (ssh-keyscan prints it, connecting once with ssh asks for it), or set StrictHostKeyChecking in ssh_options.",
        SshFailure.AccessDenied =>
            $"{Place(options)} does not let {Who(options)} in. Check the user, the password in the credentials, and which keys the configuration of ssh offers.",
        SshFailure.Refused => $"Nothing listens for SSH at {Place(options)}. Check the port, and whether the server of the device runs.",
        SshFailure.UnknownHost => $"The name {options.Host} has no address. Check the name, and the name service of this machine.",
        SshFailure.Unreachable => $"{Place(options)} does not answer. Check the address, and the way to it.",
        _ => $"The SSH client got no session with {Place(options)}.",
    };

    private static string Quote(string errors, int? status) =>
        errors.Length > 0 ? $" ssh said: {string.Join(" | ", LinesOf(errors))}"
        : status is { } number ? $" ssh ended with status {number} and said nothing."
        : "";

    // The box of a warning says in many lines what the message says already.
    private static IEnumerable<string> LinesOf(string errors) =>
        errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith('@'));

    private static string Who(SshOptions options) => options.User is { } user ? $"'{user}'" : "the user";

    private static string Place(SshOptions options) => options.Port is { } port ? $"{options.Host} port {port}" : options.Host;

    private static string KnownName(SshOptions options) => options.Port is { } port and not 22 ? $"[{options.Host}]:{port}" : options.Host;
}
