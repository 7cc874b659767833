namespace Connections.Snmp.Protocol.Usm;

/// <summary>What to do about an outcome.</summary>
internal static class UsmOutcomes
{
    public static UsmAction Action(this UsmOutcome outcome) => outcome switch
    {
        UsmOutcome.Accepted => UsmAction.Deliver,
        >= UsmOutcome.EngineDiscovered and <= UsmOutcome.Outdated => UsmAction.SendAgain,
        >= UsmOutcome.NotInTimeWindow and <= UsmOutcome.OtherReport => UsmAction.Fail,
        _ => UsmAction.Drop,
    };
}
