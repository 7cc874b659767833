namespace Connections.Snmp.Engine;

/// <summary>Why requests of a thread are not sent one by one for now: it delivers results, after which all are sent at once.</summary>
internal sealed class Deferral(SnmpEngine engine)
{
    private volatile bool _isOver;

    internal SnmpEngine Engine => engine;

    /// <summary>Whether the delivery takes so long that its requests had better be sent one by one after all. Any thread.</summary>
    internal bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
