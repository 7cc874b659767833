namespace Connections.Snmp.Engine;

// GETs of one device that wait for their turn are combined to one request, where the target's options allow it: a packet each way then serves several
// callers. The order of the queue stays: a SET or a walk between two GETs keeps them apart.
public sealed partial class SnmpEngine
{
    // The answer is larger than the request, and both are to fit one frame.
    private const int LargestCombinedRequest = ReplySizing.Usual / 2;

    /// <summary>Combines a GET with those behind it; <see langword="null"/> if there is none to combine it with. Nothing has changed yet.</summary>
    private CombinedOperation? TryCombine(Operation first, long now)
    {
        if (!first.Target.Combines || first is not SendOperation { CanCombine: true } head)
        {
            return null;
        }

        var members = new List<SendOperation>();
        var (taken, count, octets) = (0, 0, 0);
        foreach (var (operation, incarnation) in head.Device.Waiting)
        {
            if (operation.Waits(incarnation))
            {
                if (operation is not SendOperation { CanCombine: true } next || !next.IsAskedLike(head))
                {
                    break;
                }

                count += next.AskedCount;
                octets += next.AskedOctets;
                if (count > head.Target.Options.MaxCombined || (members.Count > 0 && octets > LargestCombinedRequest))
                {
                    break;
                }

                members.Add(next);
            }

            taken++;
        }

        return members.Count > 1 ? new CombinedOperation(this, members, taken, now) : null;
    }

    /// <summary>From now on the members wait for the combined request, or for their own deadlines.</summary>
    private void Embark(CombinedOperation combined)
    {
        _counters.Combined += combined.MemberCount - 1;
        foreach (var (member, _) in combined.Living())
        {
            member.Carrier = combined;
            member.DueAt = member.DeadlineAt;
            _wheel.Set(member);
        }
    }

    /// <summary>Gives the members what came for them, or sends each by itself.</summary>
    private void Disembark(CombinedOperation combined, Exception? failure, long now)
    {
        var isAnswered = false;
        foreach (var (member, answer) in combined.Living().ToArray())
        {
            member.Carrier = null;
            if (answer is not null)
            {
                isAnswered = true;
                member.Answer(answer);
                Finish(member);
            }
            else if (_isStopped)
            {
                Finish(member, StopError());
            }
            else if (failure is SnmpTimeoutException timeout)
            {
                Finish(member, new SnmpTimeoutException(member.Target, timeout.Attempts, TimeSpan.FromMilliseconds(now - member.StartedAt), timeout.Hint));
            }
            else
            {
                SendByItself(member, now);
            }
        }

        CountCombined(combined, isAnswered);
    }

    private void SendByItself(SendOperation member, long now)
    {
        member.GoAlone();
        member.Prepare(now);
        Postpone(member);
        _wheel.Set(member);
    }

    // An answer answered all members; a combined request that was not was one more than the callers asked for.
    private void CountCombined(CombinedOperation combined, bool isAnswered)
    {
        var figures = combined.Device.Figures;
        if (isAnswered)
        {
            _counters.Responses += combined.MemberCount - 1;
            figures.Responses += combined.MemberCount - 1;
        }
        else
        {
            _counters.Requests++;
            figures.Requests++;
        }
    }
}
