using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// A table of rows × columns, indexed by one integer from 1, with values of every type that stand still, so that a walk at any time comes to the same
/// <see cref="VarBindChecksum"/>. The same description gives the same values.
/// </summary>
public sealed record SyntheticTable
{
    /// <summary>The most rows or columns.</summary>
    public const int MaxExtent = 10_000_000;

    /// <summary>The table's entry: a cell is <c>entry.column.row</c>. An example enterprise's by default (RFC 5612).</summary>
    public Oid Entry { get; init; } = new(1, 3, 6, 1, 4, 1, 32473, 2, 1);

    /// <summary>How many rows there are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to <see cref="MaxExtent"/>.</exception>
    public required int Rows { get; init => field = InRange(value); }

    /// <summary>How many columns there are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to <see cref="MaxExtent"/>.</exception>
    public required int Columns { get; init => field = InRange(value); }

    /// <summary>Chooses the values, and the cells that are missing.</summary>
    public int Seed { get; init; }

    /// <summary>The probability that a cell is missing, from 0 to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Sparseness { get; init => field = DeviceFaults.Probability(value); }

    /// <summary>Whether each column ends earlier than the one before it, the last with one row at most; no by default.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>The cells, column by column.</summary>
    /// <exception cref="InvalidOperationException">There are more than two thousand million cells.</exception>
    public IEnumerable<MibVariable> Variables()
    {
        var random = new SeededRandom((ulong)Seed);
        for (var column = 1; column <= Columns; column++)
        {
            for (var row = 1; row <= RowsOf(column); row++)
            {
                var isMissing = random.NextDouble() < Sparseness;
                var value = ValueOf(column, ref random);
                if (!isMissing)
                {
                    yield return new MibVariable(Entry.Append((uint)column, (uint)row), value);
                }
            }
        }
    }

    /// <summary>The table alone, as the data of a device.</summary>
    public MibData ToData() => new(Variables());

    private int RowsOf(int column) => EndsEarly ? Rows - (int)((long)(column - 1) * Rows / Columns) : Rows;

    private static SnmpValue ValueOf(int column, ref SeededRandom random) => (column % 8) switch
    {
        0 => SnmpValue.ObjectIdentifier(new Oid(1, 3, 6, 1, 4, 1, 32473, 9, (uint)random.Next())),
        1 => SnmpValue.Integer32((int)random.Next()),
        2 => Octets((int)random.Next(33), ref random),
        3 => SnmpValue.Counter32((uint)random.Next()),
        4 => SnmpValue.Gauge32((uint)random.Next()),
        5 => SnmpValue.TimeTicks((uint)random.Next()),
        6 => SnmpValue.Counter64(random.Next()),
        _ => SnmpValue.IpAddress(new IPAddress((long)random.Next(1UL << 32))),
    };

    private static SnmpValue Octets(int length, ref SeededRandom random)
    {
        Span<byte> octets = stackalloc byte[length];
        foreach (ref var octet in octets)
        {
            octet = (byte)random.Next();
        }

        return SnmpValue.OctetString(octets);
    }

    private static int InRange(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxExtent);
        return value;
    }
}
