using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Rates;

/// <summary>
/// Makes per-second values of counters that are collected again and again. Time is the device's own where its requests collect sysUpTime as well, best as their first root. There is no
/// rate across a restart, nor where ifCounterDiscontinuityTime (RFC 2863), if it is collected, has changed. A Counter32 that became smaller has wrapped once; a Counter64 has
/// not, in any time that a device lives: it was set back.
/// </summary>
/// <remarks>Not thread-safe. It keeps the last value of each counter; past <paramref name="capacity"/> of them it forgets all and begins anew.</remarks>
internal sealed class RateCalculator(int capacity = 4_000_000)
{
    private const ulong Wrap32 = 1UL << 32;

    private static readonly Oid SysUpTime = new(1, 3, 6, 1, 2, 1, 1, 3);
    private static readonly Oid DiscontinuityTime = new(1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 19);
    private static readonly Oid Interfaces = new(1, 3, 6, 1, 2, 1, 2, 2, 1);
    private static readonly Oid InterfacesMore = new(1, 3, 6, 1, 2, 1, 31, 1, 1, 1);

    private readonly Dictionary<string, DeviceClock> _clocks = [];
    private readonly Dictionary<(string Target, OidIndex Interface), uint> _discontinuities = [];
    private readonly Dictionary<(string Target, Oid Instance), CounterSample> _samples = [];

    /// <summary>Takes note of what a block says of time, before the rates of its counters are asked for.</summary>
    internal void Observe(IEnumerable<ResultRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.VarBind.Value.Type != SnmpType.TimeTicks)
            {
                continue;
            }

            if (row.VarBind.Oid.StartsWith(SysUpTime))
            {
                ClockOf(row.Request.Target).Observe((uint)row.VarBind.Value.ToUInt64(), row.Timestamp);
            }
            else if (row.VarBind.Oid.StartsWith(DiscontinuityTime))
            {
                _discontinuities[(row.Request.Target, OidIndex.Of(DiscontinuityTime, row.VarBind.Oid))] = (uint)row.VarBind.Value.ToUInt64();
            }
        }
    }

    /// <summary>By how much a counter grew a second since it was asked for last.</summary>
    /// <returns><see langword="null"/> where it is no counter, is seen for the first time, or did not go on.</returns>
    internal double? RateOf(in ResultRow row)
    {
        if (row.VarBind.Value.Type is not (SnmpType.Counter32 or SnmpType.Counter64))
        {
            return null;
        }

        var target = row.Request.Target;
        var clock = ClockOf(target);
        var sample = new CounterSample(row.VarBind.Value.ToUInt64(), clock.At(row.Timestamp), clock.Life, DiscontinuityOf(target, row.VarBind.Oid));
        var key = (target, row.VarBind.Oid);
        var isKnown = _samples.TryGetValue(key, out var last);
        if (!isKnown && _samples.Count >= capacity)
        {
            _samples.Clear();
        }

        _samples[key] = sample;
        return isKnown ? RateBetween(last, sample, row.VarBind.Value.Type == SnmpType.Counter32) : null;
    }

    private static double? RateBetween(CounterSample last, CounterSample now, bool is32Bit)
    {
        var seconds = now.At - last.At;
        if (seconds <= 0 || now.Life != last.Life || now.Discontinuity != last.Discontinuity)
        {
            return null;
        }

        if (now.Value >= last.Value)
        {
            return (now.Value - last.Value) / seconds;
        }

        return is32Bit ? (now.Value + Wrap32 - last.Value) / seconds : null;
    }

    private uint DiscontinuityOf(string target, in Oid instance)
    {
        var table = instance.StartsWith(InterfacesMore) ? InterfacesMore : Interfaces;
        return instance.Count > table.Count + 1 && instance.StartsWith(table)
            ? _discontinuities.GetValueOrDefault((target, OidIndex.Of(table.Append(instance[table.Count]), instance)))
            : 0;
    }

    private DeviceClock ClockOf(string target)
    {
        if (!_clocks.TryGetValue(target, out var clock))
        {
            _clocks.Add(target, clock = new DeviceClock());
        }

        return clock;
    }
}
