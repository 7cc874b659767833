using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>Blocks that were changed at will, with checksums that fit: whatever the octets, they are read or refused, never more.</summary>
public sealed class ResultBlockFuzzTests
{
    // The runtime keeps a few arrays as large as packed blocks say that they become.
    private const long KeptByPools = 3L * ResultBlock.MaxLength;

    private static readonly byte[][] Corpus = [.. Blocks()];

    [TestCase(1, false)]
    [TestCase(2, false)]
    [TestCase(3, true)]
    [TestCase(4, true)]
    public void Mutated_blocks_are_read_or_refused(int seed, bool isSealed)
    {
        var mutator = new OctetMutator(seed);
        var buffer = new byte[Corpus.Max(static block => block.Length) * 2];
        var errors = new HashSet<ResultBlockError>();
        var memory = new MemoryGauge();

        for (var round = 0; round < Thoroughness.HostileInputs / 4; round++)
        {
            var length = mutator.Mutate(Corpus[round % Corpus.Length], buffer);
            var octets = buffer.AsSpan(0, length).ToArray();
            if (isSealed && length >= BlockLayout.HeaderLength)
            {
                ResultBlockTests.Sealed(octets);
            }

            try
            {
                errors.Add(Digest(octets));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, round {round}: {Convert.ToHexString(octets)} {exception}");
            }
        }

        Assert.That(errors, Does.Contain(ResultBlockError.None).And.Contain(ResultBlockError.UnsupportedVersion));
        Assert.That(errors, isSealed ? Does.Contain(ResultBlockError.InvalidRecord).And.Contain(ResultBlockError.InvalidTable)
            .And.Contain(ResultBlockError.InvalidSection).And.Contain(ResultBlockError.InvalidValue).And.Contain(ResultBlockError.InvalidCompression)
            : Does.Contain(ResultBlockError.WrongChecksum));
        memory.AssertFlat(KeptByPools);
    }

    private static IEnumerable<byte[]> Blocks()
    {
        var values = new SyntheticTable { Rows = 4, Columns = 9 }.Variables().Select(static variable => variable.Value).ToArray();
        for (var seed = 1; seed <= 20; seed++)
        {
            var content = Content(new Random(seed), values);
            using var plain = content.Write();
            using var packed = content.Write(isCompressed: true);
            yield return plain.Memory.ToArray();
            yield return packed.Memory.ToArray();
        }
    }

    private static BlockContent Content(Random random, SnmpValue[] values)
    {
        var ranges = random.Next(2) == 0 ? Array.Empty<IndexRange>() : [new IndexRange(new OidIndex(1), new OidIndex(500, 1)), IndexRange.Parse("700", null)];
        var shape = new CollectShape(CollectKind.Walk, [Generated.Root(1), Generated.Root(2), Generated.Root(300)], ranges);
        var error = new CollectError(CollectErrorKind.Timeout, random.Next(3), 0, "no answer");
        var result = new RequestResult(CollectOutcome.DoneWithErrors, 5, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), [error, error]);
        var requests = Enumerable.Range(1, 3).Select(i => new RequestContent($"request-{i}", $"device-{i}", shape, i == 2 ? null : result));
        var runs = Enumerable.Range(0, random.Next(1, 5)).Select(run => new RunContent(run % 3, DateTimeOffset.UnixEpoch.AddSeconds(run),
            [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => (i % 3, new OidIndex((uint)random.Next(), (uint)i), values[random.Next(values.Length)]))]));
        return new BlockContent([.. requests], [.. runs]);
    }

    // Reads all there is to read, in each way.
    private static ResultBlockError Digest(byte[] octets)
    {
        var error = ResultBlock.TryRead(octets, out var block);
        if (error != ResultBlockError.None)
        {
            return error;
        }

        using (block)
        {
            try
            {
                foreach (var run in block!.Runs)
                {
                    _ = block.Requests[run.Request];
                    foreach (var record in run)
                    {
                        _ = record.ToVarBind().ToString();
                    }
                }

                Assert.That(block.Rows().Count(), Is.EqualTo(block.RecordCount));
            }
            catch (ResultBlockException exception)
            {
                return exception.Error;
            }
        }

        return ResultBlockError.None;
    }
}
