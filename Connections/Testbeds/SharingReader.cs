namespace Connections.Testbeds;

/// <summary>Reads how processes share a connection: what stands under <c>shared</c>, of the connection itself, else of its device, else of the testbed.</summary>
internal static class SharingReader
{
    internal const string Key = ConnectionSettings.SharedArgument;

    internal static TestbedScalar? Read(TestbedMapping node, TestbedScalar? outer) => node.Scalar(Key) ?? outer;

    /// <summary>Puts what is true, a pool that another process serves, among the arguments.</summary>
    /// <returns>What the processes take turns by, otherwise; null for nothing.</returns>
    internal static string? Apply(TestbedScalar? sharing, Dictionary<string, string> arguments)
    {
        if (sharing is null)
        {
            return null;
        }

        if (!bool.TryParse(sharing.Value, out var isServed))
        {
            return sharing.Value;
        }

        if (isServed && !arguments.TryAdd(Key, "true"))
        {
            throw TestbedException.At(sharing, $"'{Key}' is given twice: once here and once under 'arguments'");
        }

        return null;
    }
}
