namespace Connections.Snmp.Engine;

/// <summary>
/// While it lasts, requests made on this thread are not sent one by one: code that awaited one request usually makes the next, and the
/// end of the scope sends all of them at once.
/// </summary>
internal readonly ref struct DeferredSending
{
    [ThreadStatic]
    private static Deferral? _current;

    private readonly Deferral? _outer;

    internal DeferredSending(Deferral deferral)
    {
        _outer = _current;
        _current = deferral;
    }

    /// <summary>Why requests to an engine wait; <see langword="null"/> if they do not.</summary>
    internal static Deferral? Of(SnmpEngine engine) => _current is { IsOver: false } current && ReferenceEquals(current.Engine, engine) ? current : null;

    public void Dispose()
    {
        var engine = _current!.Engine;
        _current = _outer;
        engine.SendDeferred();
    }
}
