using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// How a walk goes on, and where it ends.
internal sealed partial class CollectOperation
{
    private PduType _type;

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (_type == PduType.Get)
        {
            return OnInstance(reply);
        }

        if (reply.ErrorStatus != SnmpErrorStatus.NoError)
        {
            return OnErrorStatus(reply);
        }

        var before = _varBinds.Count;
        var page = ReadPage(reply.VarBinds);
        if (page == Page.Unparsable)
        {
            TakeBack(before, reply);
            return ReplyOutcome.Unparsable;
        }

        _replies++;
        return page switch
        {
            Page.Failed => ReplyOutcome.Completed,
            Page.Last => End(),
            _ when _replies >= _request.MaxReplies => Pause(),
            _ => ReplyOutcome.Continues,
        };
    }

    /// <summary>How a page stands in its walk.</summary>
    private enum Page
    {
        More,
        Last,
        Failed,
        Unparsable,
    }

    private Page ReadPage(ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        var count = 0;
        for (; reader.TryRead(out var slice); count++)
        {
            if (slice.TryToVarBind(out var varBind) != SnmpParseError.None)
            {
                return Page.Unparsable;
            }

            if (varBind.Value.Type == SnmpType.EndOfMibView || !varBind.Oid.StartsWith(_request.Root))
            {
                return Page.Last;
            }

            if (varBind.Oid <= _last)
            {
                Fail(new SnmpWalkException(Target, _request.Root, _last, varBind.Oid));
                return Page.Failed;
            }

            _varBinds.Add(varBind);
            _last = varBind.Oid;
            if (++_rows == _request.MaxRows)
            {
                return Page.Last;
            }
        }

        if (reader.Error != SnmpParseError.None)
        {
            return Page.Unparsable;
        }

        return count == 0 ? Page.Last : Page.More;
    }

    /// <summary>A later attempt's reply may be whole, so nothing of a broken one is kept.</summary>
    private void TakeBack(int count, in SnmpMessageHeader reply)
    {
        _rows -= _varBinds.Count - count;
        _varBinds.RemoveRange(count, _varBinds.Count - count);
        _last = count > 0 ? _varBinds[count - 1].Oid : _request.Cursor.IsAtStart ? _request.Root : _request.Cursor.Last;
    }

    private ReplyOutcome OnErrorStatus(in SnmpMessageHeader reply)
    {
        // SNMPv1 has no endOfMibView: this is how it says that nothing follows (RFC 1157 section 4.1.3).
        if (Target.Version == SnmpVersion.V1 && reply.ErrorStatus == SnmpErrorStatus.NoSuchName)
        {
            return End();
        }

        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        Fail(SnmpErrorStatusException.From(Target, reply.ErrorStatus, reply.ErrorIndexOrMaxRepetitions, varBinds));
        return ReplyOutcome.Completed;
    }

    private ReplyOutcome End()
    {
        // Nothing lies under the root: it may be a single instance itself.
        if (_rows == 0)
        {
            _type = PduType.Get;
            return ReplyOutcome.Continues;
        }

        Complete(new CollectResult(_varBinds, null));
        return ReplyOutcome.Completed;
    }

    private ReplyOutcome Pause()
    {
        Complete(new CollectResult(_varBinds, new CollectCursor(_last, _rows)));
        return ReplyOutcome.Completed;
    }

    private ReplyOutcome OnInstance(in SnmpMessageHeader reply)
    {
        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        if (reply.ErrorStatus == SnmpErrorStatus.NoError && varBinds is [{ Value.IsException: false } instance, ..]
            && instance.Oid == _request.Root)
        {
            _varBinds.Add(instance);
        }

        Complete(new CollectResult(_varBinds, null));
        return ReplyOutcome.Completed;
    }
}
