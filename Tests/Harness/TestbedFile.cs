namespace Connections.Harness.Tests;

/// <summary>A testbed in a file of its own, until disposed.</summary>
internal sealed class TestbedFile : IDisposable
{
    internal const string TwoDevices = """
        testbed: { name: lab, credentials: { snmp: { community: lab-community } } }
        devices:
          edge1:
            simulated: true
            connections: { snmp: { protocol: snmp, pool_size: 2 } }
          edge2:
            simulated: { latency: 0.01 }
            connections: { snmp: { protocol: snmp, pool_size: 2 } }
        """;

    internal TestbedFile(string yaml)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"testbed-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(Path, yaml);
    }

    internal string Path { get; }

    public void Dispose() => File.Delete(Path);
}
