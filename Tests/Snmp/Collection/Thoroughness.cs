namespace Connections.Snmp.Tests.Collection;

/// <summary>How hard the tests try: <c>Tests/run --long</c> asks for more.</summary>
internal static class Thoroughness
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CONNECTIONS_TESTS_LONG") == "1";

    /// <summary>How many hostile inputs a decoder gets in all.</summary>
    public static int HostileInputs => IsLong ? 10_000_000 : 100_000;
}
