using Connections.Collector.Tests.Database;
using Connections.Snmp.Agent;

namespace Connections.Collector.Tests.Processes;

/// <summary>What a collector that is a process of its own works on: simulated devices, and a folder for its files.</summary>
public abstract class ProcessFixture : DatabaseFixture
{
    private SnmpAgent _agent = null!;

    private protected static SyntheticTable Table { get; } = new() { Rows = 3, Columns = 4 };

    private protected string Folder { get; private set; } = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        Folder = Directory.CreateTempSubdirectory("connections-collector-").FullName;
    }

    [TearDown]
    public async Task EndAsync()
    {
        Directory.Delete(Folder, recursive: true);
        await _agent.DisposeAsync();
    }

    /// <summary>Starts one more device that has the <see cref="Table"/>, and tells its address.</summary>
    private protected string AddDevice(string name) => _agent.Add(new SimulatedDeviceOptions { Name = name, Data = Table.ToData() }).EndPoint.ToString();
}
