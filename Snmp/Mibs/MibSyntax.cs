using System.Collections.Immutable;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs;

/// <summary>
/// The syntax of an object or of a textual convention, with everything that its base types say already taken in. Immutable.
/// </summary>
public sealed record MibSyntax
{
    // Of an OCTET STRING (RFC 2578, section 7.1.2); modules may say anything.
    private const int LargestSize = ushort.MaxValue;

    /// <summary>The type that values have in messages. BITS are octet strings there.</summary>
    public required SnmpType Type { get; init; }

    /// <summary>The name the module uses: that of a textual convention such as <c>DisplayString</c>, or of a base type such as <c>Unsigned32</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The DISPLAY-HINT of the nearest textual convention that has one (RFC 2579, section 3.1).</summary>
    public string? DisplayHint { get; init; }

    /// <summary>Whether the values are BITS.</summary>
    public bool IsBits { get; init; }

    /// <summary>The labels of an enumeration or of BITS, by number; empty for all else.</summary>
    public ImmutableArray<MibNamedNumber> NamedNumbers { get; init; } = [];

    /// <summary>The values allowed, in rising order, for numbers; empty where all are.</summary>
    public ImmutableArray<MibRange> Ranges { get; init; } = [];

    /// <summary>The sizes allowed in octets, in rising order, for strings of octets; empty where all are.</summary>
    public ImmutableArray<MibRange> Sizes { get; init; } = [];

    /// <summary>The one size that values have, in octets; <see langword="null"/> where it varies. An index of that size has no length in front of it (RFC 2578, section 7.7).</summary>
    public int? FixedSize => Sizes is [{ Least: >= 0 and <= LargestSize and var least, Most: var most }] && least == most ? (int)least : null;
}
