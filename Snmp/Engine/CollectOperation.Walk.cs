using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// How a walk goes on, and where it ends.
internal sealed partial class CollectOperation
{
    private PduType _type;
    private PduType _pageType;

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (reply.ErrorStatus != SnmpErrorStatus.NoError)
        {
            return OnErrorStatus(reply);
        }

        Remember();
        switch (ReadReply(reply.VarBinds))
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

        if ((_replies < _request.MaxReplies && _sink is null or { WantsMore: true }) || _type == PduType.Get)
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

        // A root that cannot be fetched is no instance; the start of a range may be one that is missing then.
        if (_type == PduType.Get && (reply.ErrorStatus == SnmpErrorStatus.NoSuchName || !_columns[_asked[0]].AwaitsStart))
        {
            Probed(reply.ErrorStatus == SnmpErrorStatus.NoSuchName ? reply.ErrorIndexOrMaxRepetitions : 0);
            return GoOn();
        }

        // SNMPv1 has no endOfMibView: this is how it says that nothing follows (RFC 1157 section 4.1.3).
        if (Target.Version == SnmpVersion.V1 && reply.ErrorStatus == SnmpErrorStatus.NoSuchName)
        {
            return EndNamed(reply.ErrorIndexOrMaxRepetitions);
        }

        if (TryPutOff(reply.ErrorIndexOrMaxRepetitions))
        {
            return GoOn();
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

    /// <summary>Lets the others go on first where an error names one of several columns: it is of no concern to them, and ends the walk when they have ended.</summary>
    private bool TryPutOff(int index)
    {
        if (_askedCount == 1)
        {
            index = 1;
        }

        if (index < 1 || index > _askedCount || _columns[_asked[index - 1]].IsPutOff)
        {
            return false;
        }

        _columns[_asked[index - 1]].IsPutOff = true;
        return Array.Exists(_columns, static column => column.IsOpen && !column.IsPutOff);
    }

    /// <summary>Notes that an instance was asked for: the one that an error names, or all of the request.</summary>
    private void Probed(int index)
    {
        for (var i = 0; i < _askedCount; i++)
        {
            if (index <= 0 || index > _askedCount || i == index - 1)
            {
                ref var column = ref _columns[_asked[i]];
                column.IsProbed = true;
                column.AwaitsStart = false;
            }
        }
    }
}
