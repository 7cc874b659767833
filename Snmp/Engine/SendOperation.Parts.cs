using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// What makes of one request several: the agent calls it too big, or is silent where a smaller one was answered, or SNMPv1 fails all for one.
internal sealed partial class SendOperation
{
    private RequestParts? _parts;
    private int _maxRepetitions;

    // A SET is all or nothing, so it is never split; the columns of a GETBULK belong together.
    private bool IsSplittable => _request.Type is PduType.Get or PduType.GetNext && _request.Count > 1;

    internal override bool TryShrink(out bool isNewQuestion)
    {
        isNewQuestion = false;
        if (_request.Type == PduType.GetBulk)
        {
            var expected = (int)Math.Min((long)_maxRepetitions * _request.Count * VarBindCost, int.MaxValue);
            return expected > Device.Sizing.Proved && TryHalveRepetitions();
        }

        if (!IsSplittable || PacketLength <= Math.Max(Device.Sizing.ProvedRequest, ReplySizing.Least))
        {
            return false;
        }

        // Straight to a size that is usually answered: each further guess would cost a timeout.
        var count = _parts?.Asked.Length ?? _request.Count;
        var usual = (int)((long)count * ReplySizing.Usual / PacketLength);
        isNewQuestion = Parts().TryLimit(Math.Max(1, Math.Min(count / 2, usual)));
        return isNewQuestion;
    }

    protected override bool TryFit() => IsSplittable && Parts().TryHalve();

    /// <summary>Makes what the agent refused smaller, or leaves out what it lacks; false where the error stands.</summary>
    private bool TryMendError(in SnmpMessageHeader reply)
    {
        switch (reply.ErrorStatus)
        {
            case SnmpErrorStatus.TooBig:
                return _request.Type == PduType.GetBulk ? TryHalveRepetitions() : IsSplittable && Parts().TryHalve();

            // SNMPv1 has no noSuchInstance: for one missing object it refuses all (RFC 1157 section 4.1.2).
            case SnmpErrorStatus.NoSuchName when Target.Version == SnmpVersion.V1 && _request.Type == PduType.Get && IsSplittable:
                return Parts().TryLeaveOut(reply.ErrorIndexOrMaxRepetitions);

            default:
                return false;
        }
    }

    /// <summary>
    /// Whether the values are those of the objects asked for (RFC 3416 section 4.2.1). A request-id alone does not tell: one that was garbled on the way may be that of
    /// another request. What follows an object is up to the agent.
    /// </summary>
    private bool HoldsWhatWasAsked(ReadOnlySpan<VarBind> varBinds)
    {
        if (_request.Type is not (PduType.Get or PduType.Set))
        {
            return true;
        }

        if (_request.IsSingleOid)
        {
            return varBinds.Length == 1 && IsOf(varBinds[0], _request.SingleOid);
        }

        var asked = _request.Many;
        var part = _parts is null ? default : _parts.Asked;
        var count = _parts is null ? asked.Length : part.Length;
        if (varBinds.Length != count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!IsOf(varBinds[i], asked[_parts is null ? i : part[i]].Oid))
            {
                return false;
            }
        }

        return true;
    }

    // By what travels: an OID of fewer than two arcs comes back with those that its encoding has.
    private static bool IsOf(in VarBind varBind, in Oid asked) => EncodedOid.OnTheWire(varBind.Oid).SequenceEqual(EncodedOid.OnTheWire(asked));

    private bool TryHalveRepetitions()
    {
        if (_maxRepetitions <= 1)
        {
            return false;
        }

        _maxRepetitions /= 2;
        return true;
    }

    private RequestParts Parts() => _parts ??= new RequestParts(_request);

    private ReplyOutcome GoOn()
    {
        if (_parts is null || _parts.Asked.Length > 0)
        {
            return ReplyOutcome.Continues;
        }

        Complete(new SnmpResponse(Target, SnmpErrorStatus.NoError, 0, _parts.Results));
        return ReplyOutcome.Completed;
    }
}
