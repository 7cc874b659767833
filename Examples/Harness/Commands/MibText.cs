using System.Globalization;
using System.Text;
using System.Text.Json;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary>What is known of a name, for people.</summary>
internal static class MibText
{
    private const int LabelWidth = 13;

    /// <summary>Everything that is known of a node, a fact a line.</summary>
    internal static string Paragraph(MibTree tree, MibNode node, Oid oid)
    {
        var text = new StringBuilder($"{tree.Name(oid)} = {oid}");
        Add(text, "path", PathOf(node));
        Add(text, "kind", KindOf(node));
        Add(text, "syntax", SyntaxOf(node.Syntax));
        Add(text, "hint", node.Syntax?.DisplayHint);
        Add(text, "units", node.Units);
        Add(text, "access", AccessOf(node.Access));
        Add(text, "status", node.Status);
        Add(text, "index", string.Join(", ", node.Index.Select(static part => part.IsImplied ? $"IMPLIED {part.Column.Name}" : part.Column.Name)));
        Add(text, "default", node.DefaultValue);
        Add(text, "objects", string.Join(", ", node.Objects.Select(static found => found.Name)));
        Add(text, "defined in", tree.FindModule(node.Module)?.File is { } file ? $"{file}:{node.Line}" : $"{node.Module} (built in)");
        Add(text, "description", Description(node));
        return text.ToString();
    }

    /// <summary>A node in one line, deeper ones further to the right.</summary>
    internal static string Line(MibNode node, int depth)
    {
        var arc = depth == 0 ? node.Oid.ToString() : OidBelow(node);
        var syntax = node.Syntax is { } known ? $" {AccessOf(node.Access)} {SyntaxOf(known)}" : "";
        var index = node.Kind == MibNodeKind.Row ? $" ({string.Join(", ", node.Index.Select(static part => part.Column.Name))})" : "";
        return $"{new string(' ', 2 * depth)}{node.Name} {arc}{(node.Kind == MibNodeKind.Identifier ? "" : $" {KindOf(node)}")}{index}{syntax}";
    }

    /// <summary>A node and all below it, each with its depth.</summary>
    internal static IEnumerable<(MibNode Node, int Depth)> TreeOf(MibNode root)
    {
        var open = new Stack<(MibNode Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var next))
        {
            yield return next;
            for (var i = next.Node.Children.Length - 1; i >= 0; i--)
            {
                open.Push((next.Node.Children[i], next.Depth + 1));
            }
        }
    }

    internal static string PathOf(MibNode node)
    {
        var names = new Stack<string>();
        for (var at = node; at is not null; at = at.Parent)
        {
            names.Push(at.Name);
        }

        return string.Join('.', names);
    }

    internal static string KindOf(MibNode node) => JsonNamingPolicy.CamelCase.ConvertName(node.Kind.ToString());

    internal static string? AccessOf(MibAccess access) => access == MibAccess.Unknown ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(access.ToString());

    internal static string? SyntaxOf(MibSyntax? syntax)
    {
        if (syntax is null)
        {
            return null;
        }

        var labels = syntax.NamedNumbers.IsEmpty ? "" : $" {{ {string.Join(", ", syntax.NamedNumbers.Select(static label => $"{label.Name}({label.Number})"))} }}";
        var ranges = syntax.Ranges.IsEmpty ? "" : $" ({RangesOf(syntax.Ranges)})";
        var sizes = syntax.Sizes.IsEmpty ? "" : $" (SIZE ({RangesOf(syntax.Sizes)}))";
        return $"{syntax.TypeName}{labels}{ranges}{sizes}";
    }

    private static string RangesOf(IEnumerable<MibRange> ranges) => string.Join(" | ", ranges.Select(static range => range.Least == range.Most
        ? range.Least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.Least}..{range.Most}")));

    private static string OidBelow(MibNode node) => node.Parent is { } parent ? node.Oid.ToString()[(parent.Oid.ToString().Length + 1)..] : node.Oid.ToString();

    private static void Add(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append("\n  ").Append(label.PadRight(LabelWidth)).Append(value);
        }
    }

    // Modules indent each line by as much as pleases their authors.
    private static string? Description(MibNode node) => node.Description is { } description
        ? string.Join($"\n  {new string(' ', LabelWidth)}", description.Split('\n').Select(static line => line.Trim())).Trim()
        : null;
}
