using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// How a walk goes on, and where it ends.
internal sealed partial class CollectOperation
{
    private PduType _type;

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (reply.ErrorStatus != SnmpErrorStatus.NoError)
        {
            return OnErrorStatus(reply);
        }

        Remember();
        var page = _type == PduType.Get ? ReadInstances(reply.VarBinds) : ReadPage(reply.VarBinds);
        switch (page)
        {
            case Page.Whole:
                return GoOn();

            case Page.Unparsable:
                TakeBack();
                return ReplyOutcome.Unparsable;

            default:
                return ReplyOutcome.Completed;
        }
    }

    /// <summary>What a page made of its walk.</summary>
    private enum Page
    {
        Whole,
        Failed,
        Unparsable,
    }

    /// <summary>
    /// Takes a page in, varbind by varbind: the agent may cut it anywhere, also in the middle of a row, and what it sends of a column after
    /// that column's end is of no use.
    /// </summary>
    private Page ReadPage(ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        var count = 0;
        for (; _rows < _request.MaxRows && reader.TryRead(out var slice); count++)
        {
            ref var column = ref _columns[_asked[count % _askedCount]];
            if (column.HasEnded)
            {
                continue;
            }

            if (slice.TryToVarBind(out var varBind) != SnmpParseError.None)
            {
                return Page.Unparsable;
            }

            if (varBind.Value.Type == SnmpType.EndOfMibView || !varBind.Oid.StartsWith(column.Root))
            {
                column.HasEnded = true;
                continue;
            }

            if (varBind.Oid <= column.Last && !(_toleratesNonIncreasing && column.TryStepBack(varBind.Oid)))
            {
                Fail(new SnmpWalkException(Target, column.Root, column.Last, varBind.Oid, _toleratesNonIncreasing));
                return Page.Failed;
            }

            Keep(ref column, varBind);
        }

        if (reader.Error != SnmpParseError.None)
        {
            return Page.Unparsable;
        }

        if (count == 0)
        {
            EndAsked();
        }

        _replies++;
        LearnSize(list.Length, count);
        return Page.Whole;
    }

    private void Keep(ref WalkColumn column, in VarBind varBind)
    {
        _varBinds.Add(varBind);
        _last = column.Last = varBind.Oid;
        column.Rows++;
        _rows++;
    }

    private void EndAsked()
    {
        for (var i = 0; i < _askedCount; i++)
        {
            _columns[_asked[i]].HasEnded = true;
        }
    }

    private ReplyOutcome GoOn()
    {
        if (_rows >= _request.MaxRows || IsOverTime || !Aim())
        {
            Complete(new WalkResult(_varBinds, null));
            return ReplyOutcome.Completed;
        }

        if (_replies < _request.MaxReplies || _type == PduType.Get)
        {
            return ReplyOutcome.Continues;
        }

        Complete(new WalkResult(_varBinds, Cursor()));
        return ReplyOutcome.Completed;
    }

    private bool IsOverTime =>
        _request.MaxTime is { } limit && Environment.TickCount64 - _walkStartedAt >= limit.TotalMilliseconds;

    private ReplyOutcome OnErrorStatus(in SnmpMessageHeader reply)
    {
        if (reply.ErrorStatus == SnmpErrorStatus.TooBig && TryHalve())
        {
            return GoOn();
        }

        if (_type == PduType.Get)
        {
            Probed(reply.ErrorStatus == SnmpErrorStatus.NoSuchName ? reply.ErrorIndexOrMaxRepetitions : 0);
            return GoOn();
        }

        // SNMPv1 has no endOfMibView: this is how it says that nothing follows (RFC 1157 section 4.1.3).
        if (Target.Version == SnmpVersion.V1 && reply.ErrorStatus == SnmpErrorStatus.NoSuchName)
        {
            return EndNamed(reply.ErrorIndexOrMaxRepetitions);
        }

        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        Fail(SnmpErrorStatusException.From(Target, reply.ErrorStatus, reply.ErrorIndexOrMaxRepetitions, varBinds));
        return ReplyOutcome.Completed;
    }

    /// <summary>Ends the column that an error names; where it names none of several, they are asked for one by one.</summary>
    private ReplyOutcome EndNamed(int index)
    {
        if (_askedCount == 1)
        {
            index = 1;
        }

        if (index > 0 && index <= _askedCount)
        {
            _columns[_asked[index - 1]].HasEnded = true;
        }
        else
        {
            _width = 1;
        }

        return GoOn();
    }

    /// <summary>Keeps those of the roots that are instances themselves.</summary>
    private Page ReadInstances(ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        for (var i = 0; i < _askedCount && _rows < _request.MaxRows && reader.TryRead(out var slice); i++)
        {
            if (slice.TryToVarBind(out var varBind) != SnmpParseError.None)
            {
                return Page.Unparsable;
            }

            ref var column = ref _columns[_asked[i]];
            if (!varBind.Value.IsException && varBind.Oid == column.Root)
            {
                Keep(ref column, varBind);
            }
        }

        Probed(0);
        return reader.Error == SnmpParseError.None ? Page.Whole : Page.Unparsable;
    }

    /// <summary>Notes that a root is no instance: the one that an error names, or all that were asked for.</summary>
    private void Probed(int index)
    {
        for (var i = 0; i < _askedCount; i++)
        {
            if (index <= 0 || index > _askedCount || i == index - 1)
            {
                _columns[_asked[i]].IsProbed = true;
            }
        }
    }
}
