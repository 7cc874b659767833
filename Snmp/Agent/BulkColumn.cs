using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>One name of a GETNEXT or GETBULK, and how far its repetitions have come.</summary>
internal struct BulkColumn(in Oid name, MibData data)
{
    private Oid _name = name;
    private int _next = data.IndexAfter(name);

    /// <summary>Whether the last answer was endOfMibView.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Adds the variable after the last one, or endOfMibView under the last name; fails where the response has no room for it.</summary>
    public bool TryAddNext(ref Exchange exchange)
    {
        if (exchange.Faults.Loop is { } loop && Passes(loop, exchange.Data))
        {
            _next = exchange.Data.IndexAtOrAfter(loop.BackTo);
            exchange.Device.Dice.Count(FaultKind.Loop);
        }

        IsAtEnd = !exchange.TryReadFrom(ref _next, out var value);
        if (!IsAtEnd)
        {
            _name = exchange.Data.At(_next++).Oid;
        }

        return exchange.TryAdd(_name, value);
    }

    private readonly bool Passes(in MibLoop loop, MibData data) =>
        _name.CompareTo(loop.After) <= 0 && (_next == data.Count || data.At(_next).Oid.CompareTo(loop.After) > 0);
}
