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
        IsAtEnd = !exchange.TryReadFrom(ref _next, out var value);
        if (!IsAtEnd)
        {
            _name = exchange.Device.Data.At(_next++).Oid;
        }

        return exchange.TryAdd(_name, value);
    }
}
