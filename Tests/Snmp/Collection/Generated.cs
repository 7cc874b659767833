using System.Net;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Snmp.Tests.Collection;

/// <summary>Makes indexes, values and whole contents of blocks for property tests.</summary>
public static class Generated
{
    private static readonly uint[] Edges = [0, 1, 39, 40, 127, 128, 255, 16_383, 16_384, int.MaxValue, uint.MaxValue];

    private static Gen<uint> Arc => Gen.OneOf(Gen.Elements(Edges), Gen.Choose(0, 1_000).Select(static arc => (uint)arc));

    private static Gen<byte[]> Octets => Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 3_000)).SelectMany(static length => ArrayOf(length));

    /// <summary>An index of any length.</summary>
    public static Gen<OidIndex> Index => Gen.OneOf(Gen.Choose(0, 6), Gen.Choose(0, OidIndex.MaxArcs - 20))
        .SelectMany(static count => Arc.ArrayOf(count)).Select(static arcs => new OidIndex(arcs));

    /// <summary>A value of any type, exceptions too.</summary>
    public static Gen<SnmpValue> Value => Gen.OneOf(
        Number.Select(static number => SnmpValue.Integer32((int)number)),
        Number.Select(static number => SnmpValue.Counter32((uint)number)),
        Number.Select(static number => SnmpValue.Gauge32((uint)number)),
        Number.Select(static number => SnmpValue.TimeTicks((uint)number)),
        Number.Select(static number => SnmpValue.Counter64((ulong)number)),
        Octets.Select(static octets => SnmpValue.OctetString(octets)),
        Octets.Select(static octets => SnmpValue.Opaque(octets)),
        Number.Select(static number => SnmpValue.IpAddress(new IPAddress(number & uint.MaxValue))),
        Arc.ArrayOf().Select(static arcs => SnmpValue.ObjectIdentifier(new Oid([1, 3, .. arcs.Take(100)]))),
        Number.Select(static number => SnmpValue.OpaqueDouble(number)),
        Gen.Elements(SnmpValue.Null, SnmpValue.NoSuchObject, SnmpValue.NoSuchInstance, SnmpValue.EndOfMibView));

    private static Gen<long> Number => Gen.OneOf(
        Gen.Elements(0L, 1, 127, 128, 255, 256, 32_767, 32_768, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, -1),
        ArbMap.Default.GeneratorFor<long>());

    public static Arbitrary<BlockContent> BlockContents() => Arb.From(
        from requests in Request.NonEmptyListOf()
        from runs in Run(requests.Count).ListOf()
        select new BlockContent([.. requests], [.. runs]));

    private static Gen<RequestContent> Request =>
        from id in Text
        from target in Text
        from roots in Gen.Choose(1, 4)
        from ranges in Gen.Choose(0, 3).SelectMany(static count => Range.ListOf(count))
        from result in Gen.OneOf(Gen.Constant<RequestResult?>(null), Result.Select(static result => (RequestResult?)result))
        select new RequestContent(id, target, new CollectShape(CollectKind.Walk, Enumerable.Range(1, roots).Select(Root), ranges), result);

    private static Gen<IndexRange> Range => Index.Two().Where(static ends => ends.Item1 != ends.Item2)
        .Select(static ends => ends.Item1 < ends.Item2 ? new IndexRange(ends.Item1, ends.Item2) : new IndexRange(ends.Item2, ends.Item1));

    private static Gen<string> Text => ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null && IsWhole(text));

    private static Gen<RequestResult> Result =>
        from outcome in Gen.Elements(CollectOutcome.Succeeded, CollectOutcome.DoneWithErrors, CollectOutcome.Failed)
        from records in Gen.Choose(0, int.MaxValue)
        from microseconds in Gen.Choose(0, int.MaxValue)
        from errors in Error.ListOf()
        select new RequestResult(
            outcome, records, DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds), TimeSpan.FromMicroseconds(microseconds), [.. errors]);

    private static Gen<CollectError> Error =>
        from kind in Gen.Elements(Enum.GetValues<CollectErrorKind>())
        from root in Gen.Choose(-1, 3)
        from detail in Gen.Choose(-5, 20)
        from message in Text
        select new CollectError(kind, root < 0 ? null : root, detail, message);

    private static Gen<RunContent> Run(int requests) =>
        from request in Gen.Choose(0, requests - 1)
        from microseconds in Gen.Choose(0, int.MaxValue)
        from records in Record.NonEmptyListOf()
        select new RunContent(request, DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds), [.. records]);

    private static Gen<(int Root, OidIndex Index, SnmpValue Value)> Record =>
        from root in Gen.Choose(0, 3)
        from index in Index
        from value in Value
        select (root, index, value);

    public static Oid Root(int column) => new(1, 3, 6, 1, 4, 1, 32473, 2, (uint)column);

    private static Gen<byte[]> ArrayOf(int length) => Gen.Choose(0, 255).Select(static octet => (byte)octet).ArrayOf(length);

    private static bool IsWhole(string text) => !text.EnumerateRunes().Any(static rune => rune.Value == 0xFFFD);
}
