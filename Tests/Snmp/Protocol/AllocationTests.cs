using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>What the hot paths must not do to the garbage collector.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 100;
    private const string Text = "1.3.6.1.2.1.2.2.1.10.4294967295";

    private static readonly uint[] Index = [1, 2];
    private static readonly Oid Name = Oid.Parse(Text);
    private static readonly Oid Next = Name.Append(1);
    private static readonly Oid[] Names = [Name, Next];
    private static readonly VarBind[] Numbers =
    [
        new(Name, SnmpValue.Counter32(uint.MaxValue)), new(Next, SnmpValue.Counter64(ulong.MaxValue)), new(Name, SnmpValue.Integer32(-1)),
        new(Name, SnmpValue.TimeTicks(5)), new(Name, SnmpValue.EndOfMibView),
    ];

    private readonly byte[] _buffer = new byte[1500];
    private readonly char[] _text = new char[100];

    [Test]
    public void Parsing_an_oid_allocates_nothing() => AssertFree(() => Oid.TryParse(Text.AsSpan(), out _));

    [Test]
    public void Formatting_an_oid_allocates_nothing() => AssertFree(() => Name.TryFormat(_text, out _));

    [Test]
    public void Comparing_oids_allocates_nothing() =>
        AssertFree(() => Name < Next && Next.StartsWith(Name) && Name != Next && Name.GetHashCode() != Next.GetHashCode());

    [Test]
    public void Joining_and_cutting_oids_allocates_nothing() => AssertFree(() => Name.Append(Index).Parent.Parent == Name);

    [Test]
    public void Writing_a_request_allocates_nothing() =>
        AssertFree(() => SnmpMessageWriter.TryWrite(_buffer, SnmpVersion.V2c, "public"u8, PduType.GetBulk, 1, 0, 25, Names, out _, out _));

    [Test]
    public void Writing_a_response_allocates_nothing() => AssertFree(() => WriteNumbers(out _));

    [Test]
    public void Reading_numbers_allocates_nothing()
    {
        _ = WriteNumbers(out var length);

        AssertFree(() =>
        {
            if (SnmpMessageReader.TryRead(_buffer.AsSpan(0, length), out var header) != SnmpParseError.None)
            {
                return false;
            }

            var reader = new VarBindReader(header.VarBinds);
            var count = 0;
            while (reader.TryRead(out var slice) && slice.TryToVarBind(out var varBind) == SnmpParseError.None && varBind == Numbers[count])
            {
                count++;
            }

            return count == Numbers.Length;
        });
    }

    private bool WriteNumbers(out int length) =>
        SnmpMessageWriter.TryWrite(_buffer, SnmpVersion.V2c, "public"u8, PduType.Response, 1, 0, 0, Numbers, out length, out _);

    // The first round may allocate: the runtime prepares what it calls.
    private static void AssertFree(Func<bool> succeeds)
    {
        var succeeded = succeeds();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            succeeded &= succeeds();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(succeeded, Is.True);
        Assert.That(allocated, Is.Zero);
    }
}
