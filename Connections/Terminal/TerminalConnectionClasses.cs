namespace Connections.Terminal;

/// <summary>The connection classes of terminals, for testbeds to name.</summary>
public static class TerminalConnectionClasses
{
    private static readonly string[] Names = ["telnet", "ssh", "process", nameof(TerminalConnection)];

    /// <summary>
    /// Registers <see cref="TerminalConnection"/> under its own name and under <c>telnet</c>, <c>ssh</c> and <c>process</c>, which serve the
    /// protocols of those names too.
    /// </summary>
    /// <returns><paramref name="classes"/>, to register more.</returns>
    public static ConnectionClasses AddTerminal(this ConnectionClasses classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return Names.Aggregate(classes, static (added, name) => added.Add(name, static settings => new TerminalConnection(settings)));
    }
}
