using System.Text.RegularExpressions;

namespace Connections.Terminal.Simulation;

/// <summary>What a simulated terminal does at a line. Immutable.</summary>
public sealed record ScriptedCommand
{
    /// <summary>The mode that a session starts in, for <see cref="Mode"/>.</summary>
    public const string BaseMode = "base";

    /// <summary>
    /// The line; or, between two slashes, a regular expression for whole lines, without look-around and back-references, such as
    /// <c>/show interface (?&lt;port&gt;\S+)/</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The expression is malformed.</exception>
    public required string Line
    {
        get;
        init
        {
            field = value;
            Pattern = value is ['/', .. var pattern, '/'] ? new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking) : null;
        }
    }

    /// <summary>
    /// What is printed: the first at the first time, and so on, the last from then on; nothing if there is none. Stands in for <c>{{name}}</c> (of the device),
    /// <c>{{command}}</c>, <c>{{count}}</c> (how often the command came in the session), <c>{{open}}</c> (two opening braces), and the groups of the expression.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>How often the output is printed: a number from 0 to 10,000,000, or a placeholder for one.</summary>
    public string Repeat { get; init; } = "1";

    /// <summary>How long it takes, beyond what every command takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The mode that the session is in afterwards; null if it does not change.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether the session is closed after the output, without a prompt.</summary>
    public bool Closes { get; init; }

    internal Regex? Pattern { get; private init; }
}
