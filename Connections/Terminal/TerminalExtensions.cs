namespace Connections.Terminal;

/// <summary>The calls of <see cref="ITerminal"/> in fewer words.</summary>
public static class TerminalExtensions
{
    /// <inheritdoc cref="ITerminal.ExecuteAsync"/>
    public static Task<string> ExecuteAsync(this ITerminal terminal, string command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        return terminal.ExecuteAsync(command, timeout: null, cancellationToken);
    }

    /// <inheritdoc cref="ITerminal.ConfigureAsync"/>
    public static Task<IReadOnlyList<string>> ConfigureAsync(this ITerminal terminal, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        return terminal.ConfigureAsync(lines, timeout: null, cancellationToken);
    }
}
