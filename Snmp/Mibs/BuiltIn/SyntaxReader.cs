using System.Collections.Immutable;
using System.Globalization;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.BuiltIn;

/// <summary>Reads a syntax as the built-in names have it: <c>int{up=1,down}</c>, <c>octets(0..255|300)</c>, <c>DisplayString</c>.</summary>
internal static class SyntaxReader
{
    internal static ParsedSyntax Read(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny("({");
        var syntax = new ParsedSyntax { TypeName = NameOf(end < 0 ? text : text[..end]), Line = 0 };
        if (end < 0)
        {
            return syntax;
        }

        var inner = text[(end + 1)..^1];
        return text[end] == '{' ? syntax with { NamedNumbers = LabelsOf(inner) } : syntax with { Ranges = RangesOf(inner) };
    }

    private static string NameOf(ReadOnlySpan<char> name) => name switch
    {
        "int" => "INTEGER",
        "octets" => "OCTET STRING",
        "oid" => "OBJECT IDENTIFIER",
        "bits" => "BITS",
        _ => name.ToString(),
    };

    private static ImmutableArray<MibNamedNumber> LabelsOf(ReadOnlySpan<char> text)
    {
        var labels = ImmutableArray.CreateBuilder<MibNamedNumber>();
        var next = 0;
        foreach (var range in text.Split(','))
        {
            var label = text[range];
            var sign = label.IndexOf('=');
            var number = sign < 0 ? next : int.Parse(label[(sign + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            labels.Add(new MibNamedNumber((sign < 0 ? label : label[..sign]).ToString(), number));
            next = number + 1;
        }

        return labels.DrainToImmutable();
    }

    private static ImmutableArray<MibRange> RangesOf(ReadOnlySpan<char> text)
    {
        var ranges = ImmutableArray.CreateBuilder<MibRange>();
        foreach (var range in text.Split('|'))
        {
            var part = text[range];
            var dots = part.IndexOf("..");
            ranges.Add(dots < 0 ? new MibRange(NumberOf(part), NumberOf(part)) : new MibRange(NumberOf(part[..dots]), NumberOf(part[(dots + 2)..])));
        }

        return ranges.DrainToImmutable();
    }

    private static decimal NumberOf(ReadOnlySpan<char> text) => decimal.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
