using System.Buffers.Binary;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>What is written into a block is read from it, in place, as rows, and as octets that never change.</summary>
public sealed class ResultBlockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CollectShape Shape = new(
        CollectKind.Walk, [Generated.Root(1), Generated.Root(2)], [new IndexRange(new OidIndex(1), new OidIndex(300))]);

    // Written once; whatever a later version does, it must read these octets.
    private const string Pinned =
        "434E52420100000058010000056B514707000000000000008F3A228BB2973E3B18010000030000000200000002000000"
        + "00000000000000000000000000000000010000005F0000001C0000000200000000000000000000000010AF35F54B0600"
        + "0000020001000200000001FF7F010004000300020000008148016162130000000100000001000000000000004052BE35"
        + "F54B06000000460000000900000000FFFFFFFFFFFFFFFF000200000034000000010000008F3A228BB2973E3B02000200"
        + "010000000A002B0601040181FD5902010A002B0601040181FD590202030100010200822C000000000300000028000000"
        + "0200000000000000020008007231726F757465722D3100000000020008007232726F757465722D320400000034000000"
        + "01000000000000000200010002000000000000000010AF35F54B06008813000000000000020001000500000006006765"
        + "6E45727200000000";

    private static BlockContent Sample { get; } = new(
        [
            new("r1", "router-1", Shape, new RequestResult(CollectOutcome.DoneWithErrors, 2, Noon, TimeSpan.FromMilliseconds(5),
                [new CollectError(CollectErrorKind.ErrorStatus, 1, 5, "genErr")])),
            new("r2", "router-2", Shape, null),
        ],
        [
            new(0, Noon, [(0, new OidIndex(1), SnmpValue.Integer32(-129)), (1, new OidIndex(200, 1), SnmpValue.OctetString("ab"))]),
            new(1, Noon.AddSeconds(1), [(0, default, SnmpValue.Counter64(ulong.MaxValue))]),
        ]);

    [FsCheck.NUnit.Property(MaxTest = 100, Arbitrary = [typeof(Generated)])]
    public void Any_records_are_read_as_they_were_written(BlockContent content)
    {
        using var written = content.Write(sequence: 3);
        using var packed = content.Write(isCompressed: true);
        using var read = ResultBlock.Read(written.Memory);
        using var unpacked = ResultBlock.Read(packed.Memory.ToArray());

        Assert.That(read.Sequence, Is.EqualTo(3));
        Assert.That(packed.Memory.Length, Is.LessThanOrEqualTo(written.Memory.Length));
        foreach (var block in (ResultBlock[])[written, packed, read, unpacked])
        {
            AssertHolds(block, content);
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 100, Arbitrary = [typeof(Generated)])]
    public void Reading_in_place_gives_what_the_rows_give(BlockContent content)
    {
        using var block = content.Write();
        var inPlace = new List<(int Request, DateTimeOffset Time, int Root, OidIndex Index, VarBind VarBind)>();

        foreach (var run in block.Runs)
        {
            foreach (var record in run)
            {
                inPlace.Add((run.Request, run.Timestamp, record.Root, record.ToIndex(), record.ToVarBind()));
            }
        }

        Assert.That(
            inPlace.Select(record => (block.Requests[record.Request], record.Time, record.Root, record.Index, record.VarBind)),
            Is.EqualTo(block.Rows().Select(static row => (row.Request, row.Timestamp, row.Root, row.Index, row.VarBind))));
    }

    [Test]
    public void The_octets_of_a_block_are_those_of_the_first_version()
    {
        using var block = Sample.Write(sequence: 7);

        Assert.That(Convert.ToHexString(block.Memory.Span), Is.EqualTo(Pinned));
    }

    [Test]
    public void A_block_of_the_first_version_is_read()
    {
        using var block = ResultBlock.Read(Convert.FromHexString(Pinned));

        AssertHolds(block, Sample);
        Assert.That((block.Sequence, block.ShapeId, block.RecordCount, block.RunCount), Is.EqualTo((7L, Shape.Id, 3, 2)));
        Assert.That(block.Requests[0].Shape.Ranges, Is.EqualTo(Shape.Ranges));
    }

    [Test]
    public void An_empty_block_is_read()
    {
        using var block = new BlockContent([], []).Write();
        using var read = ResultBlock.Read(block.Memory);

        Assert.That(read.Rows(), Is.Empty);
        Assert.That(read.Requests, Is.Empty);
    }

    [Test]
    public void Requests_of_several_shapes_share_a_block()
    {
        var other = new CollectShape(CollectKind.Get, [Oid.Parse("1.3.6.1.2.1.1.3.0")]);
        using var block = new BlockContent([new("a", "x", Shape, null), new("b", "y", other, null)], []).Write();

        Assert.That(block.ShapeId, Is.Zero);
        Assert.That(block.Requests.Select(static request => request.Shape.Id), Is.EqualTo(new[] { Shape.Id, other.Id }));
    }

    [Test]
    public void A_stream_of_blocks_tells_how_much_to_read()
    {
        using var first = Sample.Write(sequence: 1);
        using var second = Sample.Write(sequence: 2);
        byte[] stream = [.. first.Memory.Span, .. second.Memory.Span];

        Assert.That(ResultBlock.TryReadLength(stream, out var length), Is.EqualTo(ResultBlockError.None));
        using var read = ResultBlock.Read(stream.AsMemory(length));

        Assert.That(length, Is.EqualTo(first.Memory.Length));
        Assert.That(read.Sequence, Is.EqualTo(2));
    }

    [Test]
    public void An_unknown_section_is_passed_over()
    {
        using var block = Sample.Write();
        byte[] extended = [.. block.Memory.Span, 0x99, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0];
        using var read = ResultBlock.Read(Sealed(extended));

        AssertHolds(read, Sample);
    }

    [TestCase(BlockLayout.MajorAt, 2)]
    [TestCase(BlockLayout.FlagsAt, 2)]
    public void A_later_major_version_or_a_flag_that_must_be_known_is_refused(int at, byte value)
    {
        using var block = Sample.Write();
        var octets = block.Memory.ToArray();
        octets[at] = value;

        Assert.That(
            () => ResultBlock.Read(Sealed(octets)),
            Throws.InstanceOf<ResultBlockException>().With.Property(nameof(ResultBlockException.Error)).EqualTo(ResultBlockError.UnsupportedVersion));
    }

    [TestCase(BlockLayout.MinorAt)]
    [TestCase(BlockLayout.FlagsAt + 1)]
    [TestCase(BlockLayout.HeaderLength - 1)]
    public void A_later_minor_version_is_read(int at)
    {
        using var block = Sample.Write();
        var octets = block.Memory.ToArray();
        octets[at] = 9;
        using var read = ResultBlock.Read(Sealed(octets));

        AssertHolds(read, Sample);
    }

    [Test]
    public void One_flipped_bit_anywhere_is_noticed()
    {
        using var block = Sample.Write();
        var octets = block.Memory.ToArray();
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(ResultBlock.TryRead(octets, out _), Is.Not.EqualTo(ResultBlockError.None), $"bit {bit}");
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void A_block_that_was_disposed_gives_nothing()
    {
        var block = Sample.Write();
        block.Dispose();

        Assert.That(() => block.Memory, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => block.Rows().ToList(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_writer_refuses_what_the_format_cannot_hold()
    {
        using var writer = new ResultBlockWriter();
        var request = writer.AddRequest("a", "b", Shape);
        Assert.That(() => writer.AddRequest(new string('x', 1_025), "b", Shape), Throws.ArgumentException);
        Assert.That(() => writer.Add(0, default, SnmpValue.Null), Throws.InvalidOperationException);

        writer.BeginRun(request, Noon);
        Assert.That(() => writer.BeginRun(request, Noon), Throws.InvalidOperationException);
        Assert.That(() => writer.Add(2, default, SnmpValue.Null), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => writer.Complete(), Throws.InvalidOperationException);

        var large = SnmpValue.OctetString(new byte[1 << 20]);
        Assert.That(
            () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    writer.Add(0, default, large);
                }
            },
            Throws.InvalidOperationException.With.Message.Contains("16777216"));
    }

    internal static byte[] Sealed(byte[] octets)
    {
        BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(BlockLayout.LengthAt), octets.Length);
        if ((octets[BlockLayout.FlagsAt] & BlockLayout.CompressedFlag) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(BlockLayout.ContentLengthAt), octets.Length - BlockLayout.HeaderLength);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(BlockLayout.ChecksumAt), Crc32C.OfFrame(octets));
        return octets;
    }

    private static void AssertHolds(ResultBlock block, BlockContent content)
    {
        var rows = block.Rows().ToList();
        Assert.That(rows.Select(static row => (row.Request.Id, row.Timestamp, row.Root, row.Index, row.VarBind.Value)), Is.EqualTo(content.Rows()));
        Assert.That(block.RecordCount, Is.EqualTo(rows.Count));
        foreach (var row in rows)
        {
            Assert.That(row.VarBind.Oid.ToString(), Is.EqualTo(Joined(row.Request.Shape.Roots[row.Root], row.Index)));
        }

        Assert.That(
            block.Requests.Select(static request => (request.Id, request.Target, request.Shape.Id, request.Shape.Kind)),
            Is.EqualTo(content.Requests.Select(static request => (request.Id, request.Target, request.Shape.Id, request.Shape.Kind))));
        for (var i = 0; i < content.Requests.Length; i++)
        {
            AssertSame(block.Requests[i].Result, content.Requests[i].Result);
        }
    }

    private static void AssertSame(RequestResult? read, RequestResult? written)
    {
        Assert.That(read is null, Is.EqualTo(written is null));
        if (read is { } one && written is { } other)
        {
            Assert.That((one.Outcome, one.Records, one.StartedAt, one.Elapsed), Is.EqualTo((other.Outcome, other.Records, other.StartedAt, other.Elapsed)));
            Assert.That(one.Errors, Is.EqualTo(other.Errors));
        }
    }

    private static string Joined(Oid root, OidIndex index) => index.IsEmpty ? root.ToString() : $"{root}.{index}";
}
