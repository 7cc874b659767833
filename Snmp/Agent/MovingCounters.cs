using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// Lets a recording go on from the moment when it was made: up time runs, and each counter grows as fast as it did on average since the recorded device had started, so that
/// after a restart both begin at zero.
/// </summary>
internal sealed class MovingCounters
{
    private static readonly TimeSpan UpTimeWhereNoneIsRecorded = TimeSpan.FromDays(1);
    private readonly TimeSpan _upTime;

    private MovingCounters(MibData recorded)
    {
        var index = recorded.IndexOf(SystemGroup.SysUpTime);
        var ticks = index < 0 || recorded.At(index).Value.Type != SnmpType.TimeTicks ? 0 : recorded.At(index).Value.ToInt64();
        _upTime = ticks > 0 ? ticks * TimeSpan.FromMilliseconds(10) : UpTimeWhereNoneIsRecorded;
    }

    public static MibData Of(MibData recorded)
    {
        var moving = new MovingCounters(recorded);
        return new MibData(recorded.Select(moving.Move)) { InitialUpTime = moving._upTime };
    }

    private MibVariable Move(MibVariable variable)
    {
        if (variable.Compute is not null)
        {
            return variable;
        }

        var number = variable.Value.Number;
        return variable.Value.Type switch
        {
            SnmpType.TimeTicks when variable.Oid == SystemGroup.SysUpTime => Computed(variable, SystemGroup.UpTimeTicks),
            SnmpType.Counter32 => Computed(variable, upTime => SnmpValue.Counter32(unchecked((uint)Grown(number, upTime)))),
            SnmpType.Counter64 => Computed(variable, upTime => SnmpValue.Counter64(Grown(number, upTime))),
            _ => variable,
        };
    }

    private ulong Grown(ulong recorded, TimeSpan upTime) => unchecked((ulong)((UInt128)recorded * (ulong)upTime.Ticks / (ulong)_upTime.Ticks));

    private static MibVariable Computed(in MibVariable variable, Func<TimeSpan, SnmpValue> compute) =>
        new(variable.Oid, compute) { InstanceLength = variable.InstanceLength };
}
