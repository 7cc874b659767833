namespace Connections.Snmp.Engine;

/// <summary>
/// While it lasts, requests made on this thread are not sent one by one: code that awaited one request usually makes the next, and the
/// end of the scope sends all of them at once.
/// </summary>
internal readonly ref struct DeferredSending
{
    [ThreadStatic]
    private static SnmpEngine? _current;

    private readonly SnmpEngine _engine;
    private readonly SnmpEngine? _outer;

    internal DeferredSending(SnmpEngine engine)
    {
        _engine = engine;
        _outer = _current;
        _current = engine;
    }

    internal static bool IsOnFor(SnmpEngine engine) => ReferenceEquals(_current, engine);

    public void Dispose()
    {
        _current = _outer;
        _engine.SendDeferred();
    }
}
