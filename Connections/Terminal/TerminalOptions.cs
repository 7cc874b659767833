using System.Globalization;
using System.Text.RegularExpressions;

namespace Connections.Terminal;

/// <summary>How to talk with the command line of a device, and how messages name it.</summary>
public sealed record TerminalOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);
    private static readonly Regex AnyPrompt = new("^[^ ]*[>#$%] ?$", RegexOptions.NonBacktracking);

    private static readonly Regex AnyPager = new(
        @"^(?:\x1b\[[0-9;]*m)*\s*(?:<?-+ ?\(?more[^\r\n]{0,40}?\)? ?-+>?(?:\(\d+%\)|, next page[^\r\n]{0,80})?|lines \d+-\d+[^\r\n]{0,40}|press any key to continue[^\r\n]{0,40})\s*(?:\x1b\[[0-9;]*m)*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    /// <summary>The alias of the connection, for messages.</summary>
    public string Alias { get; init; } = ConnectionSettings.DefaultAlias;

    /// <summary>The device, for messages.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// What shows that a command is finished. It is looked for in the last line, as far as it has arrived, and only there: an expression
    /// that ends in <c>$</c> is not taken in by output that looks like a prompt. By default a word that ends in <c>&gt;</c>, <c>#</c>,
    /// <c>$</c> or <c>%</c>; better the very prompt of the device. Output is hostile: use <see cref="RegexOptions.NonBacktracking"/>.
    /// </summary>
    public Regex Prompt { get; init; } = AnyPrompt;

    /// <summary>
    /// What shows that a device stops for a page, looked for in the last line like <see cref="Prompt"/>: it is then sent a blank to go on, and
    /// the line is no output. By default <c>--More--</c> and its kin.
    /// </summary>
    public Regex Pager { get; init; } = AnyPager;

    /// <summary>Whether the device repeats what it is sent; found out with each line by default.</summary>
    public TerminalEcho Echo { get; init; }

    /// <summary>The longest that opening, sending or receiving may take: more than nothing, at most a day. 10 s by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of that range.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(Timeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTimeout, nameof(Timeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>Past how much output without a prompt a device is given up, in UTF-16 code units: 1 or more. 16 Mi by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxOutput
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxOutput));
            field = value;
        }
    } = 16 * 1024 * 1024;

    /// <summary>The clock of the timeouts; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Reads what a testbed says of a connection: its names, and the arguments <c>prompt</c>, a regular expression without
    /// look-around and back-references, and <c>timeout</c>, in seconds.
    /// </summary>
    /// <exception cref="ArgumentException">An argument is malformed; the message names it.</exception>
    public static TerminalOptions From(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = new TerminalOptions { Alias = settings.Alias, Device = settings.DeviceName };
        if (settings.Arguments.TryGetValue("prompt", out var prompt))
        {
            options = options with { Prompt = ParsePrompt(settings, prompt) };
        }

        if (settings.Arguments.TryGetValue("timeout", out var timeout))
        {
            options = options with { Timeout = ParseTimeout(settings, timeout) };
        }

        return options;
    }

    private static Regex ParsePrompt(ConnectionSettings settings, string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw NewError(settings, "prompt", text, error.Message, error);
        }
    }

    private static TimeSpan ParseTimeout(ConnectionSettings settings, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 && seconds <= LongestTimeout.TotalSeconds && TimeSpan.FromSeconds(seconds) is var timeout && timeout > TimeSpan.Zero
            ? timeout
            : throw NewError(settings, "timeout", text, $"it must be a number of seconds above 0 and at most {LongestTimeout.TotalSeconds}");

    private static ArgumentException NewError(
        ConnectionSettings settings, string name, string text, string problem, Exception? inner = null) =>
        new(
            $"The argument '{name}' of connection '{settings.Alias}' of device '{settings.DeviceName}' is '{text}': {problem}.", inner);
}
