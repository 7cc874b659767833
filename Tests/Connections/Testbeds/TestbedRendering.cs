using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

/// <summary>All that a testbed yields as JSON, secrets revealed, so that it can be compared whole.</summary>
internal static class TestbedRendering
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Typed =
        ["alias", "type", "os", "platform", "role", "defaults", "credentials", "simulated", "connections"];

    internal static string Render(Testbed testbed, string directory) => Object(
        ("name", testbed.Name),
        ("alias", testbed.Alias),
        ("devices", Object(testbed.Devices.Select(device => (device.Key, (JsonNode?)Device(device.Value, directory))))),
        ("testbed", testbed.Node.TryGet("testbed", out var node) ? Tree(node) : null),
        ("topology", Optional((JsonObject)Tree(testbed.Topology)!)))
        .ToJsonString(Indented);

    private static JsonObject Device(DeviceDefinition device, string directory) => Object(
        ("alias", device.Alias),
        ("type", device.Type),
        ("os", device.Os),
        ("platform", device.Platform),
        ("role", device.Role),
        ("defaults", Optional(Object(("class", device.Defaults.Class), ("alias", device.Defaults.Alias), ("via", device.Defaults.Via)))),
        ("simulation", device.Simulation is { } simulation ? Simulation(simulation, directory) : null),
        ("credentials", Optional(Named(device.Credentials))),
        ("connections", Object(device.Connections.Select(connection => (connection.Key, (JsonNode?)Connection(connection.Value))))),
        ("further", Optional(Object(device.Node.Entries.Where(entry => !Typed.Contains(entry.Key)).Select(entry => (entry.Key, Tree(entry.Value)))))));

    private static JsonObject Simulation(SimulationOptions simulation, string directory) => Object(
        ("interfaces", simulation.Interfaces),
        ("latency", simulation.Latency.TotalSeconds),
        ("loss", simulation.Loss),
        ("recording", simulation.Recording is { } recording ? Path.GetRelativePath(directory, recording) : null));

    private static JsonObject Connection(ConnectionSettings settings) => Object(
        ("class", settings.Class),
        ("protocol", settings.Protocol),
        ("host", settings.Host),
        ("port", settings.Port),
        ("pool_size", settings.PoolSize),
        ("pool_timeout", settings.PoolTimeout?.TotalSeconds),
        ("simulated", settings.Simulated ? true : null),
        ("credentials", settings.Credentials is { } credentials ? One(credentials) : null),
        ("arguments", Optional(Object(settings.Arguments.Select(argument => (argument.Key, (JsonNode?)argument.Value))))));

    private static JsonObject Named(IReadOnlyDictionary<string, Credentials> named) =>
        Object(named.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, (JsonNode?)One(entry.Value))));

    private static JsonObject One(Credentials credentials) => Object([
        ("username", credentials.Username),
        ("password", credentials.Password?.Reveal()),
        .. credentials.Values.Select(value => (value.Key, (JsonNode?)value.Value.Reveal())),
    ]);

    private static JsonNode? Tree(TestbedNode node) => node switch
    {
        TestbedScalar { IsNull: true } => null,
        TestbedScalar scalar => scalar.Value,
        TestbedSequence list => new JsonArray([.. list.Items.Select(Tree)]),
        _ => new JsonObject(((TestbedMapping)node).Entries.Select(entry => KeyValuePair.Create(entry.Key, Tree(entry.Value)))),
    };

    private static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> members) => new(
        members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));

    private static JsonObject? Optional(JsonObject members) => members.Count > 0 ? members : null;
}
