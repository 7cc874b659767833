using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary>What is known of a name, for programs.</summary>
internal static class MibJson
{
    internal static JsonObject Of(MibTree tree, MibNode node, Oid oid)
    {
        var record = new JsonObject
        {
            ["name"] = tree.Name(oid),
            ["oid"] = oid.ToString(),
            ["module"] = node.Module,
            ["node"] = node.Name,
            ["nodeOid"] = node.Oid.ToString(),
            ["kind"] = MibText.KindOf(node),
            ["access"] = MibText.AccessOf(node.Access),
            ["status"] = node.Status.Length > 0 ? node.Status : null,
            ["units"] = node.Units,
            ["index"] = new JsonArray([.. node.Index.Select(static part => new JsonObject { ["name"] = part.Column.Name, ["implied"] = part.IsImplied })]),
            ["objects"] = new JsonArray([.. node.Objects.Select(static found => JsonValue.Create(found.QualifiedName))]),
            ["default"] = node.DefaultValue,
            ["file"] = tree.FindModule(node.Module)?.File,
            ["description"] = node.Description,
        };
        if (node.Syntax is { } syntax)
        {
            record["syntax"] = Of(syntax);
        }

        return record;
    }

    internal static JsonObject Of(MibDiagnostic diagnostic) => new()
    {
        ["file"] = diagnostic.File,
        ["line"] = diagnostic.Line,
        ["severity"] = JsonNamingPolicy.CamelCase.ConvertName(diagnostic.Severity.ToString()),
        ["message"] = diagnostic.Message,
        ["hint"] = diagnostic.Hint,
    };

    private static JsonObject Of(MibSyntax syntax) => new()
    {
        ["type"] = syntax.TypeName,
        ["base"] = JsonNamingPolicy.CamelCase.ConvertName(syntax.Type.ToString()),
        ["hint"] = syntax.DisplayHint,
        ["bits"] = syntax.IsBits,
        ["labels"] = new JsonObject(syntax.NamedNumbers.DistinctBy(static label => label.Name).Select(static label => KeyValuePair.Create(label.Name, (JsonNode?)label.Number))),
        ["ranges"] = RangesOf(syntax.Ranges),
        ["sizes"] = RangesOf(syntax.Sizes),
    };

    private static JsonArray RangesOf(IEnumerable<MibRange> ranges) =>
        new([.. ranges.Select(static range => new JsonArray(range.Least, range.Most))]);
}
