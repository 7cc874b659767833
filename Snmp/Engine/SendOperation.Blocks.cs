using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// The answer to a GET whose values go into a block as they stand.
internal sealed partial class SendOperation
{
    internal override bool ContinuesInline => _request.Sink is { ContinuesInline: true };

    private ReplyOutcome Collect(IPageSink sink, ReadOnlySpan<byte> list)
    {
        var outcome = ReplyOutcome.Unparsable;
        sink.BeginPage();
        try
        {
            outcome = ReadInto(sink, list);
        }
        finally
        {
            sink.EndPage(isKept: outcome == ReplyOutcome.Completed);
        }

        if (outcome == ReplyOutcome.Completed)
        {
            Complete(new SnmpResponse(Target, SnmpErrorStatus.NoError, 0, []));
        }

        return outcome;
    }

    private ReplyOutcome ReadInto(IPageSink sink, ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        var count = 0;
        for (; reader.TryRead(out var slice); count++)
        {
            if (count == _request.Count || !IsNameOf(slice, _request.IsSingleOid ? _request.SingleOid : _request.Many[count].Oid))
            {
                return ReplyOutcome.BesideTheQuestion;
            }

            if (sink.TryAdd(count, slice.Name.Length, slice) != SnmpParseError.None)
            {
                return ReplyOutcome.Unparsable;
            }
        }

        if (reader.Error != SnmpParseError.None)
        {
            return ReplyOutcome.Unparsable;
        }

        return count == _request.Count ? ReplyOutcome.Completed : ReplyOutcome.BesideTheQuestion;
    }

    private static bool IsNameOf(in VarBindSlice slice, in Oid asked)
    {
        var expected = EncodedOid.OnTheWire(asked);
        return slice.Name.SequenceEqual(expected)
            || (Oid.TryFromEncoded(slice.Name, out var name) && EncodedOid.OnTheWire(name).SequenceEqual(expected));
    }
}
