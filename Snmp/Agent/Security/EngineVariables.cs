using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent.Security;

/// <summary>
/// What an SNMP engine tells of itself: the snmpEngine group (RFC 3411 section 5) and the counters of what it refused (RFC 3412 section 5, RFC 3413 section 4.1.2,
/// RFC 3414 section 5).
/// </summary>
internal static class EngineVariables
{
    private static readonly Oid Engine = new(1, 3, 6, 1, 6, 3, 10, 2, 1);
    private static readonly MibVariable[] All = [.. EngineGroup(), .. Counters()];

    // Devices share their data, so those with these variables are shared too.
    private static readonly ConditionalWeakTable<MibData, MibData> Made = [];

    /// <summary>The same data with these variables, in place of recorded ones of these names.</summary>
    public static MibData AddTo(MibData data) => Made.GetValue(data, static data => new MibData(
        [.. data.Where(variable => !Array.Exists(All, own => own.Oid == variable.Oid)), .. All])
    {
        InitialUpTime = data.InitialUpTime,
    });

    private static MibVariable[] EngineGroup() =>
    [
        Variable(Engine.Append(1, 0), device => SnmpValue.OctetString(device.EngineId.Octets)),
        Variable(Engine.Append(2, 0), device => SnmpValue.Integer32(device.Boots)),
        Variable(Engine.Append(3, 0), device => SnmpValue.Integer32(device.EngineTime)),
        Variable(Engine.Append(4, 0), device => SnmpValue.Integer32(device.Security!.Authority.MaxSize)),
    ];

    private static IEnumerable<MibVariable> Counters() => Enum.GetValues<ReportKind>()
        .Where(kind => kind != ReportKind.Other)
        .Select(kind => Variable(ReportCounters.NameOf(kind), device => SnmpValue.Counter32(device.Security!.CountOf(kind))));

    private static MibVariable Variable(Oid name, Func<SimulatedDevice, SnmpValue> read) => new(name, SnmpValue.Null) { OfDevice = read };
}
