using Connections.Snmp.Agent;

namespace Connections.Harness.Tests.Readme;

/// <summary>The testbed of the README, with simulated devices where its addresses are.</summary>
internal static class ReadmeLab
{
    private static readonly string[] Names = ["edge1", "edge2"];

    internal static string Yaml => ReadmeText.Blocks("yaml")[0];

    /// <summary>The address that the README gives a device, counted from 1.</summary>
    internal static string Address(int number) => $"192.0.2.{number}";

    internal static string OnAgents(SnmpAgent agent)
    {
        var yaml = Yaml;
        for (var number = 1; number <= Names.Length; number++)
        {
            var device = agent.Add(new SimulatedDeviceOptions
            {
                Name = Names[number - 1],
                Data = SyntheticDevice.Create(Names[number - 1], seed: number),
            });
            Assert.That(yaml, Does.Contain($"ip: {Address(number)},"));
            yaml = yaml.Replace($"ip: {Address(number)},", $"ip: {device.EndPoint.Address}, port: {device.EndPoint.Port},", StringComparison.Ordinal);
        }

        return yaml;
    }
}
