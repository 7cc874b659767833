using System.Buffers;
using System.Collections.Immutable;
using Connections.Snmp.Protocol;
using Connections.Testbeds;

namespace Connections.Snmp.Mibs;

public sealed partial class MibTree
{
    private const int NearNames = 5;
    private const int LongestQuote = 100;

    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create(".0123456789");

    /// <summary>Turns a name into the OID it means, or into an error that says what is wrong with it.</summary>
    /// <param name="text">What <see cref="TryResolve"/> takes.</param>
    /// <returns>The OID.</returns>
    /// <exception cref="SnmpParseException">The text means no OID; the message names what comes near.</exception>
    public Oid Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryResolve(text, out var oid) ? oid : throw new SnmpParseException(Explain(text));
    }

    /// <summary>The nodes whose names come near to one that does not exist, or is mistyped, the nearest first; few, or none.</summary>
    /// <param name="name">A name, with or without a module in front, and with or without an index behind it.</param>
    public ImmutableArray<MibNode> FindNear(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var written = FirstStep(name);
        var separator = written.IndexOf(Separator, StringComparison.Ordinal);
        var alone = separator < 0 ? written : written[(separator + Separator.Length)..];
        var module = separator < 0 ? null : FindModule(written.AsSpan(0, separator));
        var exact = module is null ? _nodes.GetValueOrDefault(alone) : null;
        var known = module is null ? _nodes.Keys : module.Nodes.Select(static node => node.Name);
        var near = alone.Length > LongestQuote ? [] : Spelling.Near(alone, known).Take(NearNames).Select(found => module?.Find(found) ?? _nodes[found]);
        return exact is null ? [.. near] : [exact];
    }

    private static string FirstStep(string text)
    {
        var path = text.TrimStart('.');
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? path : path[..dot];
    }

    private string Explain(string text)
    {
        const string Example = "such as sysName.0 or 1.3.6.1.2.1.1.5.0";
        var quoted = text.Length > LongestQuote ? $"{text[..LongestQuote]}…" : text;
        if (!text.AsSpan().ContainsAnyExcept(DigitsAndDots))
        {
            return $"'{quoted}' is no OID: it must be at most {Oid.MaxArcs} numbers from 0 to 4294967295 with dots between them, {Example}.";
        }

        var name = FirstStep(quoted);
        if (Find(name) is { } node)
        {
            return $"'{quoted}' is no OID: what follows {node.Name} is neither numbers nor names below it. Write it {Example}.";
        }

        var near = FindNear(text);
        var hint = near.IsEmpty ? "" : $"; did you mean {string.Join(", ", near.Select(static found => found.QualifiedName))}?";
        return $"'{quoted}' is no OID: no module that is loaded defines '{name}'{hint}{(near.IsEmpty ? "." : "")} "
            + $"Load the module that does (MibLoader; --mibs PATH in a command), or write it in digits, {Example}.";
    }
}
