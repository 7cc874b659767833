using System.Buffers.Binary;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

// The block as objects, for code that need not be fast.
public sealed partial class ResultBlock
{
    /// <summary>The records as values of their own, one by one; going through them a second time reads them again.</summary>
    /// <exception cref="ResultBlockException">While going through them: an index or a value is none, since the block was not written by this library.</exception>
    public IEnumerable<ResultRow> Rows()
    {
        var end = Content[_sections.Records].Length;
        for (var run = 0; run < end;)
        {
            var header = Content[_sections.Records].Span[run..];
            var runEnd = run + BlockLayout.RunHeaderLength + BinaryPrimitives.ReadInt32LittleEndian(header);
            for (var at = run + BlockLayout.RunHeaderLength; at < runEnd;)
            {
                yield return ReadRow(run, ref at);
            }

            run = runEnd;
        }
    }

    /// <summary>The names and values of the records, one by one.</summary>
    /// <inheritdoc cref="Rows" path="/exception"/>
    public IEnumerable<VarBind> VarBinds() => Rows().Select(static row => row.VarBind);

    private ResultRow ReadRow(int run, ref int at)
    {
        var records = Content[_sections.Records].Span;
        var request = Requests[BinaryPrimitives.ReadInt32LittleEndian(records[(run + BlockLayout.RunRequestAt)..])];
        var length = (int)ResultRecord.LengthAt(records[at..]);
        var record = new ResultRecord(records.Slice(at, length), request.Shape);
        var timestamp = BlockText.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(records[(run + BlockLayout.RunTimestampAt)..]));
        at += length;
        return new ResultRow(request, timestamp, record.Root, record.ToIndex(), record.ToVarBind());
    }

    private BlockRequest[] ReadRequests()
    {
        var results = ReadResults();
        var reader = new BlockTableReader(Content[_sections.Requests].Span);
        var requests = new BlockRequest[reader.ReadCount(BlockLayout.RequestHeaderLength)];
        for (var i = 0; i < requests.Length; i++)
        {
            reader.ReadUInt32();
            var idLength = reader.ReadUInt16();
            var targetLength = reader.ReadUInt16();
            requests[i] = new BlockRequest(reader.ReadText(idLength), reader.ReadText(targetLength), _requestShapes[i], results[i]);
        }

        return requests;
    }

    private RequestResult?[] ReadResults()
    {
        var results = new RequestResult?[_requestShapes.Length];
        var reader = new BlockTableReader(Content[_sections.Outcomes].Span);
        for (var count = reader.ReadCount(BlockLayout.OutcomeHeaderLength); count > 0; count--)
        {
            results[reader.ReadUInt32()] = ReadResult(ref reader);
        }

        return results;
    }

    private static RequestResult ReadResult(ref BlockTableReader reader)
    {
        var outcome = (CollectOutcome)reader.ReadByte();
        reader.ReadByte();
        var errors = new CollectError[reader.ReadUInt16()];
        var records = reader.ReadInt64();
        var startedAt = BlockText.FromMicroseconds(reader.ReadInt64());
        var elapsed = BlockText.ToTimeSpan(reader.ReadInt64());
        for (var i = 0; i < errors.Length; i++)
        {
            var kind = (CollectErrorKind)reader.ReadUInt16();
            var root = reader.ReadUInt16();
            var detail = (int)reader.ReadUInt32();
            errors[i] = new CollectError(kind, root == BlockLayout.NoRoot ? null : root, detail, reader.ReadText(reader.ReadUInt16()));
        }

        return new RequestResult(outcome, records, startedAt, elapsed, errors);
    }
}
