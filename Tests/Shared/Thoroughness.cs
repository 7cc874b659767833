namespace Connections.Tests;

/// <summary>How much a run of the tests tries: a short run answers within seconds, a long one (<c>Tests/run --long</c>) insists.</summary>
internal static class Thoroughness
{
    /// <summary>How often a long run repeats a breaking test.</summary>
    public const int Repetitions = 100;

    /// <summary>Whether this is a long run.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CONNECTIONS_TESTS_LONG") == "1";

    /// <summary>How many hostile inputs a decoder gets in all.</summary>
    public static int HostileInputs { get; } = Choose(quick: 100_000, thorough: 10_000_000);

    /// <summary>The size of a test that a long run does not repeat but enlarges.</summary>
    public static int Choose(int quick, int thorough) => IsLong ? thorough : quick;
}
