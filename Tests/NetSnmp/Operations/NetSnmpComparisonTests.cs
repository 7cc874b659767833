using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Operations;

/// <summary>What Net-SNMP's library reads of a real snmpd through us, beside what its own tool reads.</summary>
public sealed class NetSnmpComparisonTests : SnmpdComparisonTests
{
    protected override BaseConnection Make(ConnectionSettings settings) => new NetSnmpConnection(settings);
}
