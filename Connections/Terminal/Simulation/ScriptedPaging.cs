namespace Connections.Terminal.Simulation;

/// <summary>How a simulated terminal stops for pages. Immutable.</summary>
public sealed record ScriptedPaging
{
    /// <summary>The lines of a page, from 1.</summary>
    public int Lines { get; init; } = 24;

    /// <summary>What stands below a page, until a key is pressed; it is then wiped away.</summary>
    public string Prompt { get; init; } = " --More-- ";

    /// <summary>The command after which the session has no pages any more; null for none.</summary>
    public string? Off { get; init; }
}
