namespace Connections.Testbeds;

/// <summary>Where the markup of a testbed takes its values from. Immutable.</summary>
public sealed record TestbedOptions
{
    /// <summary>The variables that <c>%ENV{NAME}</c> names; null for one that is not set. The environment of the process by default.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The words that <c>%CLI{name}</c> looks through for <c>-name</c> or <c>--name</c> and the values after it. Those of the
    /// process by default.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [.. System.Environment.GetCommandLineArgs().Skip(1)];

    /// <summary>Answers <c>%ASK{prompt}</c>, once for each place in a file; null for no answer. Without it, as by default, a testbed that asks is
    /// an error, since nobody may be there to answer.</summary>
    public Func<TestbedQuestion, string?>? Ask { get; init; }
}
