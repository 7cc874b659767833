using System.Runtime.InteropServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

internal sealed partial class Responder
{
    private readonly List<BulkColumn> _columns = [];

    private static Outcome Get(ref Exchange exchange)
    {
        for (var i = 0; i < exchange.Asked.Length; i++)
        {
            var name = exchange.Asked[i].Oid;
            var value = exchange.Get(name);
            if (exchange.IsV1 && (value.IsException || value.Type == SnmpType.Counter64))
            {
                return new Outcome(SnmpErrorStatus.NoSuchName, i + 1);
            }

            if (!exchange.TryAdd(name, value))
            {
                return Outcome.TooBig;
            }
        }

        return Outcome.Success;
    }

    private static Outcome GetNext(ref Exchange exchange)
    {
        for (var i = 0; i < exchange.Asked.Length; i++)
        {
            var column = new BulkColumn(exchange.Asked[i].Oid, exchange.Data);
            if (!column.TryAddNext(ref exchange))
            {
                return Outcome.TooBig;
            }

            if (column.IsAtEnd && exchange.IsV1)
            {
                return new Outcome(SnmpErrorStatus.NoSuchName, i + 1);
            }
        }

        return Outcome.Success;
    }

    /// <summary>RFC 3416 section 4.2.3: what does not fit is left out, which is an error only where nothing fits.</summary>
    private Outcome GetBulk(ref Exchange exchange)
    {
        _columns.Clear();
        foreach (ref readonly var asked in exchange.Asked)
        {
            _columns.Add(new BulkColumn(asked.Oid, exchange.Data));
        }

        var columns = CollectionsMarshal.AsSpan(_columns);
        var nonRepeaters = exchange.NonRepeaters;
        LimitPage(ref exchange, nonRepeaters + ((long)exchange.MaxRepetitions * (columns.Length - nonRepeaters)));
        var fits = TryAddRow(ref exchange, columns[..nonRepeaters]) && TryRepeat(ref exchange, columns[nonRepeaters..]);
        if (exchange.WasCut)
        {
            exchange.Device.Dice.Count(FaultKind.ShortPage);
        }

        return IsTooMany(exchange, exchange.Count) || (!fits && exchange.Count == 0) ? Outcome.TooBig : Outcome.Success;
    }

    // A row of which every column is at its end is the last one, as snmpd does it.
    private static bool TryRepeat(ref Exchange exchange, Span<BulkColumn> columns)
    {
        var isAtEnd = columns.IsEmpty;
        for (var repetition = exchange.MaxRepetitions; repetition > 0 && !isAtEnd; repetition--)
        {
            if (!TryAddRow(ref exchange, columns))
            {
                return false;
            }

            isAtEnd = AreAtEnd(columns);
        }

        return true;
    }

    private static bool TryAddRow(ref Exchange exchange, Span<BulkColumn> columns)
    {
        foreach (ref var column in columns)
        {
            if (!column.TryAddNext(ref exchange))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreAtEnd(ReadOnlySpan<BulkColumn> columns)
    {
        foreach (ref readonly var column in columns)
        {
            if (!column.IsAtEnd)
            {
                return false;
            }
        }

        return true;
    }
}
