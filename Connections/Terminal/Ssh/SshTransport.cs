using System.Diagnostics;
using System.Globalization;

namespace Connections.Terminal.Ssh;

/// <summary>
/// A session of SSH by the system's OpenSSH client, with a terminal on the remote side. Its configuration, keys, agents, jump hosts and
/// known hosts are the user's; nobody is asked anything. Thread safety and failures are those of <see cref="ITerminalTransport"/>, and each error is a
/// <see cref="SshException"/>. For Unix, and OpenSSH 8.4 or later.
/// </summary>
public sealed class SshTransport : ITerminalTransport
{
    private const string Shell = "/bin/sh";

    private readonly SshOptions _options;
    private readonly Lock _gate = new();
    private SshSecrets? _secrets;
    private ChildProcess? _child;
    private bool _isDisposed;
    private bool _hasPrinted;

    /// <summary>Makes a transport that is not open yet.</summary>
    /// <exception cref="ArgumentException">There is no host, or no such port.</exception>
    public SshTransport(SshOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Host, nameof(options));
        if (options.Port is < 1 or > ushort.MaxValue)
        {
            throw new ArgumentException($"There is no port {options.Port}.", nameof(options));
        }

        _options = options;
    }

    /// <summary>Starts the client. Whether it gets a session is told by the first read.</summary>
    /// <exception cref="SshException">There is no client, or it cannot be started.</exception>
    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!LocalPrograms.Exists(_options.Program))
        {
            throw SshErrors.NotInstalled(_options);
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _secrets = new SshSecrets(_options.Password, _options.Passphrase);
            _child = ChildProcess.Start(StartOf(_secrets), endsChildren: false);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        var (child, secrets) = Running;
        if (await child.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } text)
        {
            var status = await child.ExitAsync().ConfigureAwait(false);
            throw _hasPrinted
                ? SshErrors.OfSession(_options, secrets.ReadErrors(), status)
                : SshErrors.OfOpening(_options, secrets.ReadErrors(), status);
        }

        if (!_hasPrinted)
        {
            _hasPrinted = true;
            secrets.Withdraw();
        }

        return text;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Running.Child.WriteAsync(text, cancellationToken);
    }

    /// <summary>Ends the client, and with it the session.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _child?.Dispose();
            _secrets?.Dispose();
        }
    }

    private (ChildProcess Child, SshSecrets Secrets) Running => _child is { } child && _secrets is { } secrets
        ? (child, secrets)
        : throw new ObjectDisposedException(nameof(SshTransport), "The transport is not open.");

    private ProcessStartInfo StartOf(SshSecrets secrets) =>
        new(Shell, ["-c", SshSecrets.Launcher, Shell, secrets.Folder, _options.Program, .. Arguments(_options)])
        {
            Environment =
            {
                ["SSH_ASKPASS"] = secrets.Helper,
                ["SSH_ASKPASS_REQUIRE"] = "force",
                ["TERM"] = _options.TerminalType,
            },
        };

    /// <summary>The client's arguments; none is a secret.</summary>
    internal static IEnumerable<string> Arguments(SshOptions options)
    {
        List<string> arguments = ["-tt", "-e", "none"];
        foreach (var (name, value) in options.Settings)
        {
            arguments.AddRange(["-o", $"{name}={value}"]);
        }

        // Of two settings of one name the first counts. One question is enough: a second has no other answer.
        var seconds = Math.Max(1, (int)options.ConnectTimeout.TotalSeconds);
        arguments.AddRange(["-o", "NumberOfPasswordPrompts=1", "-o", "LogLevel=ERROR", "-o", "ClearAllForwardings=yes"]);
        arguments.AddRange(["-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={seconds}")]);
        Add("-F", options.ConfigFile);
        Add("-i", options.IdentityFile);
        Add("-p", options.Port?.ToString(CultureInfo.InvariantCulture));
        Add("-l", options.User);
        return [.. arguments, "--", options.Host];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([name, value]);
            }
        }
    }
}
