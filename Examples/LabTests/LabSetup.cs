using Connections;
using Connections.Execution;
using Connections.Native.Sync;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Testbeds;

namespace LabTests;

/// <summary>Opens the lab once for all tests of this assembly, and closes it after the last.</summary>
[SetUpFixture]
public sealed class LabSetup
{
    private static Lab? _lab;

    /// <summary>The device under test.</summary>
    internal static Device Uut => Lab.GetDevice("uut");

    internal static Lab Lab => _lab ?? throw new InvalidOperationException("The lab is open while tests run.");

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        var path = Environment.GetEnvironmentVariable("LAB_TESTBED") ?? Path.Combine(TestContext.CurrentContext.TestDirectory, "lab.yaml");
        var testbed = await Testbed.LoadAsync(path);

        // HybridLockScope: what one run of tests has locked, another on this machine waits for.
        _lab = new Lab(testbed, new ConnectionClasses().AddSnmp(), new DeviceOptions { LockScope = HybridLockScope.Of }, [new SnmpSimulator()]);
        (await ParallelCall.RunAsync(
            _lab.Devices.SelectMany(static device => new[] { (device, alias: "snmp"), (device, alias: "admin") }),
            static async (connection, token) =>
            {
                await connection.device.ConnectAsync(connection.alias, token);
                return true;
            })).ThrowIfAnyFailed();
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }
}
