using System.Globalization;
using System.Runtime.CompilerServices;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs;

public sealed partial class MibTree
{
    // A name, and of an OID of 128 arcs at most ten digits and a dot each.
    private const int LongestSuffix = Oid.MaxArcs * 11;

    /// <summary>
    /// Turns a name into the OID it means: <c>sysDescr.0</c>, <c>IF-MIB::ifHCInOctets.3</c>, <c>interfaces.2.1.2</c>, <c>iso.3.6.1</c>, <c>system.sysDescr.0</c>,
    /// <c>.iso.org.dod.internet</c>, <c>1.3.6.1.2.1.1.1.0</c>, and with an index in words <c>vacmGroupName.3."public"</c> (see <see cref="IndexText"/>). Allocates nothing for OIDs of usual
    /// length, unless their index is in words.
    /// </summary>
    /// <param name="text">The name; nothing may stand before or after it. Case matters.</param>
    /// <param name="oid">The OID, or <see langword="default"/>.</param>
    /// <returns>Whether the text means an OID.</returns>
    public bool TryResolve(ReadOnlySpan<char> text, out Oid oid) => TryResolvePath(text, out oid) || IndexText.TryResolve(text, this, out oid);

    private bool TryResolvePath(ReadOnlySpan<char> text, out Oid oid)
    {
        var path = text is ['.', ..] ? text[1..] : text;
        if (path is [>= '0' and <= '9', ..] && Oid.TryParse(path, out oid))
        {
            return true;
        }

        var dot = path.IndexOf('.');
        var node = Find(dot < 0 ? path : path[..dot]);
        return node is not null && TryAppend(node.Oid, dot < 0 ? [] : path[dot..], out oid) || TryResolveSteps(path, node, out oid);
    }

    // The usual: behind a name, a few numbers or none.
    private static bool TryAppend(Oid above, ReadOnlySpan<char> numbers, out Oid oid)
    {
        oid = above;
        var at = 0;
        while (at < numbers.Length)
        {
            ulong arc = 0;
            var begin = ++at;
            for (; at < numbers.Length && char.IsAsciiDigit(numbers[at]) && arc <= uint.MaxValue; at++)
            {
                arc = (arc * 10) + (uint)(numbers[at] - '0');
            }

            if (at == begin || arc > uint.MaxValue || (at < numbers.Length && numbers[at] != '.') || !oid.TryAppendInline((uint)arc, out oid))
            {
                return false;
            }
        }

        return true;
    }

    [SkipLocalsInit]
    private bool TryResolveSteps(ReadOnlySpan<char> path, MibNode? first, out Oid oid)
    {
        oid = default;
        var writer = new OidArcWriter(stackalloc byte[Oid.MaxEncodedLength]);
        var dot = path.IndexOf('.');
        if (!TryStart(ref writer, first, dot < 0 ? path : path[..dot]))
        {
            return false;
        }

        while (dot >= 0)
        {
            path = path[(dot + 1)..];
            dot = path.IndexOf('.');
            if (!TryContinue(ref writer, dot < 0 ? path : path[..dot]))
            {
                return false;
            }
        }

        oid = writer.ToOid();
        return true;
    }

    /// <summary>The name of an OID in the form <c>MODULE::name.1.2</c>: that of the nearest node, and the arcs after it in numbers; all of it in numbers where
    /// there is no node.</summary>
    /// <param name="oid">The OID.</param>
    /// <returns>The name, which <see cref="TryResolve"/> understands.</returns>
    [SkipLocalsInit]
    public string Name(in Oid oid)
    {
        if (_trie.FindNearest(oid, out var octetsUsed) is not { } node)
        {
            return oid.ToString();
        }

        Span<char> suffix = stackalloc char[LongestSuffix];
        var length = octetsUsed == 0 ? WriteAfterRoot(oid, suffix) : WriteArcs(oid.Octets[octetsUsed..], suffix);
        return length == 0 ? node.QualifiedName : string.Concat(node.QualifiedName, suffix[..length]);
    }

    private static bool TryStart(ref OidArcWriter writer, MibNode? node, ReadOnlySpan<char> step)
    {
        if (node is null)
        {
            return TryAdd(ref writer, step);
        }

        writer.Start(node.Oid);
        return true;
    }

    private bool TryContinue(ref OidArcWriter writer, ReadOnlySpan<char> step)
    {
        if (step is [>= '0' and <= '9', ..])
        {
            return TryAdd(ref writer, step);
        }

        // A further name must stand right below what comes before it.
        var above = writer.ToOid();
        if (Find(step) is { } node && node.Oid.Parent == above)
        {
            writer.Start(node.Oid);
            return true;
        }

        return _trie.FindChild(above, step) is { } child && writer.Add(child) == OidFault.None;
    }

    private static bool TryAdd(ref OidArcWriter writer, ReadOnlySpan<char> digits)
    {
        ulong arc = 0;
        foreach (var digit in digits)
        {
            arc = (arc * 10) + (uint)(digit - '0');
            if (!char.IsAsciiDigit(digit) || arc > uint.MaxValue)
            {
                return false;
            }
        }

        return !digits.IsEmpty && writer.Add((uint)arc) == OidFault.None;
    }

    // The arc after a root shares its octets.
    private static int WriteAfterRoot(in Oid oid, Span<char> suffix)
    {
        var length = 0;
        var reader = new OidArcReader(oid.Octets, oid.IsSingleArc);
        for (var isRoot = true; reader.TryRead(out var arc); isRoot = false)
        {
            length = isRoot ? 0 : Write(arc, suffix, length);
        }

        return length;
    }

    private static int WriteArcs(ReadOnlySpan<byte> octets, Span<char> suffix)
    {
        var (position, length) = (0, 0);
        while (EncodedOid.TryReadSubIdentifier(octets, ref position, out var arc))
        {
            length = Write((uint)arc, suffix, length);
        }

        return length;
    }

    private static int Write(uint arc, Span<char> suffix, int length)
    {
        suffix[length++] = '.';
        _ = arc.TryFormat(suffix[length..], out var digits, default, CultureInfo.InvariantCulture);
        return length + digits;
    }
}
