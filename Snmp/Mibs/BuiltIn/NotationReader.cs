using System.Collections.Immutable;
using System.Globalization;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.BuiltIn;

/// <summary>Reads the notation in which the built-in names are written.</summary>
/// <remarks>
/// A line is a fact. The first one names the module, and says <c>v1</c> where it is of SMIv1. A type has its DISPLAY-HINT, if any, and its syntax:
/// <code>
/// module IF-MIB
/// type OwnerString "255a" octets(0..255)
/// interfaces mib-2.2
///  ifNumber 1 ro Integer32
///  ifTable 2 table
///   ifEntry 1 row(ifIndex)
///    ifIndex 1 ro InterfaceIndex
///    ifAdminStatus 7 rw int{up=1,down,testing}
///    ifInOctets 10 ro Counter32
/// </code>
/// A name is followed by its place, a number below the name above it that is indented by one less, or a name and numbers; then by what it is: nothing for an identifier; <c>table</c>;
/// <c>row(…)</c> with its index, where <c>!</c> marks the implied part; the access (<c>no</c>, <c>nt</c>, <c>ro</c>, <c>rw</c>, <c>rc</c>), syntax and <c>"units"</c> of an object;
/// <c>trap(…)</c> with its objects; <c>group</c>; <c>compliance</c>. A label without a number has the one after that of the label before it. <c>~</c> at the end means deprecated,
/// <c>-</c> obsolete.
/// </remarks>
internal static class NotationReader
{
    private const int MaxDepth = 32;

    internal static ParsedModule Read(TextReader reader)
    {
        var header = Next(reader)?.Split(' ') ?? throw new FormatException("A file of built-in names is empty.");
        var (definitions, types) = (new List<ParsedDefinition>(), new List<ParsedType>());
        var path = new string[MaxDepth];
        while (Next(reader) is { } line)
        {
            if (line.StartsWith("type ", StringComparison.Ordinal))
            {
                types.Add(TypeOf(line.AsSpan("type ".Length)));
            }
            else
            {
                definitions.Add(DefinitionOf(line, path));
            }
        }

        return new ParsedModule(header[1], null, 0, definitions, types) { IsVersion2 = header is not [.., "v1"] };
    }

    private static string? Next(TextReader reader)
    {
        string? line;
        while ((line = reader.ReadLine()) is not null && (line.Length == 0 || line[0] == '#'))
        {
        }

        return line;
    }

    private static ParsedType TypeOf(ReadOnlySpan<char> line)
    {
        var name = Word(ref line).ToString();
        var hint = line is ['"', ..] ? Quoted(ref line) : null;
        return new ParsedType(name, SyntaxReader.Read(Word(ref line)), hint);
    }

    private static ParsedDefinition DefinitionOf(ReadOnlySpan<char> line, string[] path)
    {
        var depth = line.IndexOfAnyExcept(' ');
        line = line[depth..];
        var name = Word(ref line).ToString();
        var place = Word(ref line);
        path[depth] = name;
        var status = line is [.., '~'] ? "deprecated" : line is [.., '-'] ? "obsolete" : "current";
        if (status != "current")
        {
            line = line[..^1].TrimEnd();
        }

        var what = Word(ref line);
        var definition = Make(name, what, ref line);
        definition.Status = definition.Kind == ParsedKind.Identifier ? "" : status;
        definition.Oid = PlaceOf(place, depth > 0 ? path[depth - 1] : null);
        return definition;
    }

    private static ParsedDefinition Make(string name, scoped ReadOnlySpan<char> what, ref ReadOnlySpan<char> line)
    {
        var verb = what.IndexOf('(') is > 0 and var end ? what[..end] : what;
        switch (verb)
        {
            case "":
                return new ParsedDefinition(name, ParsedKind.Identifier, 0);
            case "table":
                return Object(name, MibAccess.NotAccessible, new ParsedSyntax { TypeName = "", Line = 0, Shape = SyntaxShape.SequenceOf });
            case "row":
                var row = Object(name, MibAccess.NotAccessible, new ParsedSyntax { TypeName = "", Line = 0, Shape = SyntaxShape.Sequence });
                row.Index = [.. ListOf(what).Select(static part => part[0] == '!' ? new ParsedIndexPart(part[1..], true) : new ParsedIndexPart(part, false))];
                return row;
            case "trap":
                return new ParsedDefinition(name, ParsedKind.Notification, 0) { Objects = [.. ListOf(what)] };
            case "group":
                return new ParsedDefinition(name, ParsedKind.Group, 0);
            case "compliance":
                return new ParsedDefinition(name, ParsedKind.Compliance, 0);
            default:
                var value = Object(name, AccessOf(verb), SyntaxReader.Read(Word(ref line)));
                value.Units = line is ['"', ..] ? Quoted(ref line) : null;
                return value;
        }
    }

    private static ParsedDefinition Object(string name, MibAccess access, ParsedSyntax syntax) =>
        new(name, ParsedKind.Object, 0) { Access = access, Syntax = syntax };

    private static MibAccess AccessOf(ReadOnlySpan<char> word) => word switch
    {
        "no" => MibAccess.NotAccessible,
        "nt" => MibAccess.AccessibleForNotify,
        "ro" => MibAccess.ReadOnly,
        "rw" => MibAccess.ReadWrite,
        "rc" => MibAccess.ReadCreate,
        _ => throw new FormatException($"'{word}' is no access."),
    };

    // `3`, `mib-2.2`, `snmpModules.1.1`: a name in front, unless it is the name above.
    private static ImmutableArray<ParsedOidPart> PlaceOf(ReadOnlySpan<char> place, string? above)
    {
        var parts = ImmutableArray.CreateBuilder<ParsedOidPart>();
        if (char.IsAsciiDigit(place[0]) && above is not null)
        {
            parts.Add(new ParsedOidPart(above, null));
        }

        foreach (var range in place.Split('.'))
        {
            var step = place[range];
            parts.Add(uint.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var arc) ? new ParsedOidPart(null, arc) : new ParsedOidPart(step.ToString(), null));
        }

        return parts.DrainToImmutable();
    }

    private static string[] ListOf(ReadOnlySpan<char> what)
    {
        var start = what.IndexOf('(');
        return start < 0 ? [] : what[(start + 1)..^1].ToString().Split(',');
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> line)
    {
        var end = line.IndexOf(' ');
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[(end + 1)..];
        return word;
    }

    private static string Quoted(ref ReadOnlySpan<char> line)
    {
        var end = line[1..].IndexOf('"') + 1;
        var text = line[1..end].ToString();
        line = line[(end + 1)..].TrimStart();
        return text;
    }
}
