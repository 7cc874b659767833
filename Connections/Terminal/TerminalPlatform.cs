namespace Connections.Terminal;

/// <summary>What is known of the command line of an operating system. Immutable; the platforms of a testbed's <c>os</c> are in <see cref="TerminalPlatforms"/>.</summary>
public sealed record TerminalPlatform
{
    /// <summary>Stands for what stays the same in all prompts of a device, such as its host name: learned at login.</summary>
    public const string NamePlaceholder = "{name}";

    /// <summary>Stands for a word that <see cref="Setup"/> makes the prompt of the session.</summary>
    public const string UniquePlaceholder = "{unique}";

    /// <summary>A platform of which nothing is known: the first prompt that the device repeats is its prompt.</summary>
    public static TerminalPlatform Unknown { get; } = new();

    /// <summary>
    /// A regular expression, without look-around and back-references, for the prompts of all modes, with <see cref="NamePlaceholder"/> or
    /// <see cref="UniquePlaceholder"/> in it; null to take the very prompt after login.
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>Whether the device repeats what it is sent, once it is set up.</summary>
    public TerminalEcho Echo { get; init; }

    /// <summary>Lines that are sent after login, so that output comes without pages and without breaks in lines.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>The line that asks for the privileged mode; null if there is none.</summary>
    public string? Enable { get; init; }

    /// <summary>Lines that enter the mode in which configurations are sent.</summary>
    public IReadOnlyList<string> EnterConfiguration { get; init; } = [];

    /// <summary>Lines that leave it, with the configuration in force; the device must then be at the prompt that it had before.</summary>
    public IReadOnlyList<string> LeaveConfiguration { get; init; } = [];

    /// <summary>A regular expression, likewise, for what is printed between output and prompt; null for nothing.</summary>
    public string? Trailer { get; init; }

    /// <summary>Whether a session that shows its first prompt again is as good as a new one; a shell's is not.</summary>
    public bool IsStateless { get; init; }
}
