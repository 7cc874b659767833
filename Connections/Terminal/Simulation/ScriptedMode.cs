namespace Connections.Terminal.Simulation;

/// <summary>What a simulated terminal is like in a mode. Immutable.</summary>
public sealed record ScriptedMode
{
    /// <summary>The prompt; <c>{{name}}</c> in it is the name of the device.</summary>
    public required string Prompt { get; init; }

    /// <summary>What it understands. Of those that match, an exact line counts more than a pattern, and of patterns the first.</summary>
    public IReadOnlyList<ScriptedCommand> Commands { get; init; } = [];
}
