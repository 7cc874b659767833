using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>Writes the sections that follow the records: shapes, requests and outcomes.</summary>
internal static class BlockTables
{
    /// <summary>What all sections take beside their entries: headers, counts, and at most so much to be aligned.</summary>
    internal const int FixedLength = 3 * (BlockLayout.SectionHeaderLength + sizeof(uint)) + 4 * (BlockLayout.Alignment - 1);

    private const int IndexLength = sizeof(ushort);

    /// <summary>A request to be written, with the lengths of its texts in octets.</summary>
    internal readonly record struct RequestEntry(string Id, string Target, int Shape, int IdLength, int TargetLength)
    {
        internal int Length => BlockLayout.RequestHeaderLength + IdLength + TargetLength;
    }

    internal static int Measure(CollectShape shape) =>
        BlockLayout.ShapeHeaderLength
        + shape.Roots.Sum(static root => IndexLength + root.Octets.Length)
        + shape.Ranges.Sum(static range => 1 + 2 * IndexLength + Octets(range.Start).Length + Octets(range.Stop).Length);

    internal static void AddShapes(ref BlockBuffer buffer, List<CollectShape> shapes)
    {
        var section = BeginSection(ref buffer, BlockLayout.ShapesTag, shapes.Count);
        foreach (var shape in shapes)
        {
            buffer.AddInt64((long)shape.Id);
            buffer.AddByte((byte)shape.Kind);
            buffer.AddByte(0);
            buffer.AddUInt16(shape.Roots.Count);
            buffer.AddUInt32((uint)shape.Ranges.Count);
            foreach (var root in shape.Roots)
            {
                AddIndex(ref buffer, root.Octets);
            }

            foreach (var range in shape.Ranges)
            {
                buffer.AddByte((byte)((range.Start is null ? 0 : BlockLayout.RangeHasStart) | (range.Stop is null ? 0 : BlockLayout.RangeHasStop)));
                AddIndex(ref buffer, Octets(range.Start));
                AddIndex(ref buffer, Octets(range.Stop));
            }
        }

        EndSection(ref buffer, section);
    }

    internal static void AddRequests(ref BlockBuffer buffer, List<RequestEntry> requests)
    {
        var section = BeginSection(ref buffer, BlockLayout.RequestsTag, requests.Count);
        foreach (ref readonly var request in CollectionsMarshal.AsSpan(requests))
        {
            buffer.AddUInt32((uint)request.Shape);
            buffer.AddUInt16(request.IdLength);
            buffer.AddUInt16(request.TargetLength);
            BlockText.Add(ref buffer, request.Id, request.IdLength);
            BlockText.Add(ref buffer, request.Target, request.TargetLength);
        }

        EndSection(ref buffer, section);
    }

    internal static void AddOutcomes(ref BlockBuffer buffer, List<(int Request, RequestResult Result)> results)
    {
        var section = BeginSection(ref buffer, BlockLayout.OutcomesTag, results.Count);
        foreach (var (request, result) in results)
        {
            buffer.AddUInt32((uint)request);
            buffer.AddByte((byte)result.Outcome);
            buffer.AddByte(0);
            buffer.AddUInt16(result.Errors.Count);
            buffer.AddInt64(result.Records);
            buffer.AddInt64(BlockText.ToMicroseconds(result.StartedAt));
            buffer.AddInt64((long)result.Elapsed.TotalMicroseconds);
            foreach (var error in result.Errors)
            {
                AddError(ref buffer, error);
            }
        }

        EndSection(ref buffer, section);
    }

    private static void AddError(ref BlockBuffer buffer, CollectError error)
    {
        var length = BlockText.MeasureMessage(error.Message);
        buffer.AddUInt16((ushort)error.Kind);
        buffer.AddUInt16(error.Root ?? BlockLayout.NoRoot);
        buffer.AddUInt32((uint)error.Detail);
        buffer.AddUInt16(length);
        BlockText.Add(ref buffer, error.Message, length);
    }

    private static void AddIndex(ref BlockBuffer buffer, ReadOnlySpan<byte> octets)
    {
        buffer.AddUInt16(octets.Length);
        buffer.Add(octets);
    }

    private static ReadOnlySpan<byte> Octets(OidIndex? index) => index.GetValueOrDefault().Octets;

    private static int BeginSection(ref BlockBuffer buffer, uint tag, int count)
    {
        buffer.AddUInt32(tag);
        buffer.AddUInt32(0);
        buffer.AddUInt32((uint)count);
        return buffer.Length - sizeof(uint);
    }

    private static void EndSection(ref BlockBuffer buffer, int contentStart)
    {
        var length = buffer.Length - contentStart;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.Written[(contentStart - sizeof(uint))..], length);
        buffer.Align();
    }
}
