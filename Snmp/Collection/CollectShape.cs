using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>
/// What a request asks for, whomever it asks: GET or WALK, the roots, and the ranges of their indexes. All requests of one shape have results of one form.
/// Immutable.
/// </summary>
public sealed class CollectShape
{
    /// <summary>The most roots of a shape: as many as a record's number of two octets tells apart.</summary>
    public const int MaxRoots = ushort.MaxValue;

    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>Makes a shape.</summary>
    /// <param name="kind">GET or WALK.</param>
    /// <param name="roots">The roots, 1 to <see cref="MaxRoots"/>, each of two arcs at least.</param>
    /// <param name="ranges">The ranges of their indexes; none for all. They are sorted and merged.</param>
    /// <exception cref="ArgumentException">There is no root, one has fewer than two arcs, one of a walk contains another, or a GET has ranges.</exception>
    public CollectShape(CollectKind kind, IEnumerable<Oid> roots, IEnumerable<IndexRange>? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        Kind = kind;
        Roots = [.. roots];
        Ranges = [.. IndexRange.Merge(ranges ?? [])];
        Validate();
        Id = Hash();
        Instances = kind == CollectKind.Get ? SnmpRequest.Get(Roots) : default;
    }

    private CollectShape(ulong id, CollectKind kind, Oid[] roots, IndexRange[] ranges)
    {
        Id = id;
        Kind = kind;
        Roots = roots;
        Ranges = ranges;
    }

    /// <summary>GET or WALK.</summary>
    public CollectKind Kind { get; }

    /// <summary>The roots; a record tells which one it belongs to by its number here.</summary>
    public IReadOnlyList<Oid> Roots { get; }

    /// <summary>The ranges of the roots' indexes, sorted and apart; none stands for all.</summary>
    public IReadOnlyList<IndexRange> Ranges { get; }

    /// <summary>A hash of all three that is the same everywhere and always; never 0.</summary>
    public ulong Id { get; }

    /// <summary>Makes a shape of what a block says, which may come from a later version: it is only checked for what a reader relies on.</summary>
    internal static bool TryRestore(ulong id, CollectKind kind, Oid[] roots, IndexRange[] ranges, [NotNullWhen(true)] out CollectShape? shape)
    {
        shape = roots.Length > 0 ? new CollectShape(id, kind, roots, ranges) : null;
        return shape is not null;
    }

    /// <summary>The request for the instances, made once for all who share the shape; none for a walk.</summary>
    internal SnmpRequest Instances { get; }

    private void Validate()
    {
        if (Kind is not (CollectKind.Get or CollectKind.Walk))
        {
            throw new ArgumentException($"{Kind} is neither GET nor WALK.");
        }

        if (Roots.Count is 0 or > MaxRoots)
        {
            throw new ArgumentException($"A request has 1 to {MaxRoots} roots, not {Roots.Count}.");
        }

        if (Roots.Any(static root => root.Count < 2))
        {
            throw new ArgumentException($"The root {Roots.First(static root => root.Count < 2)} is too short: all of SNMP lies under OIDs of two arcs, such as 1.3.");
        }

        if (Kind == CollectKind.Walk)
        {
            WalkRequest.RefuseNested(Roots);
        }
        else if (Ranges.Count > 0)
        {
            throw new ArgumentException("A GET names its instances itself; ranges belong to walks.");
        }
    }

    private ulong Hash()
    {
        var hash = Add(Basis, [(byte)Kind]);
        foreach (var root in Roots)
        {
            hash = AddText(hash, root.Octets);
        }

        foreach (var range in Ranges)
        {
            hash = Add(hash, [(byte)((range.Start is null ? 0 : 1) | (range.Stop is null ? 0 : 2))]);
            hash = AddText(AddText(hash, range.Start.GetValueOrDefault().Octets), range.Stop.GetValueOrDefault().Octets);
        }

        return hash == 0 ? 1 : hash;
    }

    private static ulong AddText(ulong hash, ReadOnlySpan<byte> octets)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)octets.Length);
        return Add(Add(hash, length), octets);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return hash;
    }
}
