using System.Text.Json;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Results;

/// <summary>What types of values are called in rows: as <c>connections get --json</c> calls them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<SnmpType, string> Names =
        Enum.GetValues<SnmpType>().ToDictionary(static type => type, static type => JsonNamingPolicy.CamelCase.ConvertName(type.ToString()));

    internal static string Of(SnmpType type) => Names[type];
}
