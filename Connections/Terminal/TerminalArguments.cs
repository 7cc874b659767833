using System.Globalization;
using System.Text.RegularExpressions;
using Connections.Terminal.Ssh;

namespace Connections.Terminal;

/// <summary>What the settings of a connection say of a terminal session, checked.</summary>
internal sealed class TerminalArguments
{
    private const string PromptKey = "prompt";
    private const string TimeoutKey = "timeout";
    private const string SshOptionPrefix = "ssh_options.";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultLoginTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLogin = TimeSpan.FromHours(1);

    private readonly ConnectionSettings _settings;

    /// <exception cref="ArgumentException">An argument is malformed or missing; the message names it.</exception>
    public TerminalArguments(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        Protocol = settings.Protocol ?? throw NewError("names no protocol: telnet, ssh or process");
        if (settings.IsShared)
        {
            throw NewError($"says '{ConnectionSettings.SharedArgument}: true', by which one process serves others, as is done for SNMP alone; 'shared: host' has processes take turns");
        }

        PlatformName = FindPlatform();
        Platform = TerminalPlatforms.Find(PlatformName);
        var options = TerminalOptions.From(settings) with { Echo = Platform.Echo };
        GivenPrompt = settings.Arguments.ContainsKey(PromptKey) ? options.Prompt : null;
        Options = settings.Arguments.ContainsKey(TimeoutKey) ? options : options with { Timeout = DefaultTimeout };
        LoginTimeout = ReadSeconds("login_timeout", DefaultLoginTimeout, LongestLogin);
        Options = Options with { MaxOutput = ReadCount("max_output", Options.MaxOutput) };
        Trailer = Platform.Trailer is { } trailer ? new Regex(trailer, RegexOptions.NonBacktracking) : null;
    }

    public string Protocol { get; }

    public string? PlatformName { get; }

    public TerminalPlatform Platform { get; }

    public TerminalOptions Options { get; }

    public Regex? GivenPrompt { get; }

    public Regex? Trailer { get; }

    public TimeSpan LoginTimeout { get; }

    public string? User => _settings.Credentials?.Username;

    public Secret? Password => _settings.Credentials?.Password;

    public Secret? EnableSecret =>
        _settings.CredentialsByName.GetValueOrDefault("enable")?.Password ?? _settings.Credentials?.Values.GetValueOrDefault("enable_password");

    public string Label => $"connection '{_settings.Alias}' of device '{_settings.DeviceName}'";

    /// <summary>Makes the way to the device that the protocol is.</summary>
    /// <exception cref="ArgumentException">What the protocol needs is missing or malformed.</exception>
    public ITerminalTransport NewTransport() => Protocol switch
    {
        "telnet" => new TelnetTransport(Host, _settings.Port ?? TelnetTransport.DefaultPort),
        "ssh" => new SshTransport(SshOptions()),
        "process" => new ProcessTransport(Command(), ReadFlag("tty")),
        _ => throw NewError($"has the protocol '{Protocol}', which is no terminal's: telnet, ssh or process"),
    };

    private string Host => _settings.Host ?? throw NewError("names no host");

    private SshOptions SshOptions() => new()
    {
        Program = Text("ssh_program") ?? "ssh",
        Host = Host,
        Port = _settings.Port,
        User = User,
        Password = Password,
        Passphrase = _settings.Credentials?.Values.GetValueOrDefault("passphrase"),
        ConfigFile = Text("ssh_config"),
        IdentityFile = Text("identity"),
        TerminalType = Text("term") ?? Ssh.SshOptions.DefaultTerminalType,
        ConnectTimeout = LoginTimeout,
        Settings = _settings.Arguments
            .Where(static argument => argument.Key.StartsWith(SshOptionPrefix, StringComparison.Ordinal))
            .ToDictionary(static argument => argument.Key[SshOptionPrefix.Length..], static argument => argument.Value),
    };

    // A list is a program and its arguments; a single line is for the shell.
    private string[] Command()
    {
        if (Text("command") is { } line)
        {
            return line.Contains(' ', StringComparison.Ordinal) ? ["/bin/sh", "-c", line] : [line];
        }

        string[] words = [.. Enumerable.Range(0, _settings.Arguments.Count).Select(static index => $"command.{index}")
            .TakeWhile(_settings.Arguments.ContainsKey).Select(key => _settings.Arguments[key])];
        return words.Length > 0 ? words : throw NewError("names no command: the argument 'command' is a line for the shell, or a list of a program and its arguments");
    }

    private string? FindPlatform()
    {
        if (Text("platform") is { } named && !TerminalPlatforms.Contains(named))
        {
            throw NewError($"has the argument 'platform' with the value '{named}', which is none; TerminalPlatforms.Register adds one");
        }

        string?[] names = [Text("platform"), _settings.Platform, _settings.Os];
        return names.FirstOrDefault(static name => name is not null && TerminalPlatforms.Contains(name));
    }

    private string? Text(string key) => _settings.Arguments.GetValueOrDefault(key);

    private bool ReadFlag(string key) => Text(key) switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw NewError($"has the argument '{key}' with the value '{text}'; it must be true or false"),
    };

    private int ReadCount(string key, int fallback) => Text(key) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        var text => throw NewError($"has the argument '{key}' with the value '{text}'; it must be a whole number from 1"),
    };

    private TimeSpan ReadSeconds(string key, TimeSpan fallback, TimeSpan longest) => Text(key) switch
    {
        null => fallback,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 0.001 && seconds <= longest.TotalSeconds => TimeSpan.FromSeconds(seconds),
        var text => throw NewError($"has the argument '{key}' with the value '{text}'; it must be a number of seconds up to {longest.TotalSeconds}"),
    };

    private ArgumentException NewError(string problem) => new($"The {Label} {problem}.");
}
