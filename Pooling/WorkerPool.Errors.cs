using System.Globalization;
using System.Text;

namespace Connections.Pooling;

/// <summary>What the pool says when it refuses.</summary>
public sealed partial class WorkerPool<T>
{
    /// <summary>How the pool is called in messages.</summary>
    internal string Label => _options.Device is null ? $"pool '{_options.Name}'" : $"pool '{_options.Name}' of device '{_options.Device}'";

    internal PoolClosedException Closed() => new(
        $"The {Label} is closed: it grants no more leases, and its workers are destroyed. Open the pool anew before asking for a worker.")
    {
        Alias = _options.Name,
        Device = _options.Device,
    };

    /// <summary>Why a request cannot even wait; <see langword="null"/> if it can.</summary>
    private Exception? Refusal()
    {
        if (_closing)
        {
            return Closed();
        }

        // Nothing is alive nor under way, and the next attempt is some time off: waiting for it would only hide the failure.
        return IsHopeless && (_backoff.IsPending || IsPausing) && _creating == 0 ? Unconnected(_lastCreateError!, RetryAfter) : null;
    }

    private TimeSpan? RetryAfter => _backoff.Remaining ?? PauseLeft ?? _refusedFor;

    private ConnectFailedException Unconnected(Exception error, TimeSpan? retryAfter) => new(
        $"No worker of {Label} could be connected; the last attempt failed with: {error.AsSentence()}{WhatToDo(error, retryAfter)}", error)
    {
        Alias = _options.Name,
        Device = _options.Device,
        RetryAfter = retryAfter,
        IsTransient = !IsFinal(error),
    };

    private static string WhatToDo(Exception error, TimeSpan? retryAfter) => IsFinal(error)
        ? " It is not tried again by itself."
        : $"{NextAttempt(retryAfter)} Check that the device is up, reachable and accepts the credentials, then ask again.";

    private PoolTimeoutException TimedOut(TimeSpan timeout, PoolStatistics now, LeaseHolder[] holders, string? explanation) =>
        new(Describe(timeout, now, holders, explanation), now.LastCreateError)
        {
            Alias = _options.Name,
            Device = _options.Device,
            Statistics = now,
            Holders = holders,
        };

    private string Describe(TimeSpan timeout, PoolStatistics now, LeaseHolder[] holders, string? explanation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"No worker of {Label} became free within {timeout.Readable()}: ");
        text.Append(CultureInfo.InvariantCulture, $"of at most {now.Size}, {now.Busy} busy, {now.Idle} idle, {now.Creating} being created; ");
        text.Append(CultureInfo.InvariantCulture, $"{now.Waiting} other {(now.Waiting == 1 ? "request waits" : "requests wait")}.");
        for (var i = 0; i < holders.Length; i++)
        {
            text.Append(i == 0 ? " Held by " : ", ");
            text.Append(CultureInfo.InvariantCulture, $"{holders[i].Member} for {holders[i].Held.Readable()}");
        }

        if (holders.Length > 0)
        {
            text.Append('.');
        }

        if (now.LastCreateError is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $" The last attempt to create a worker failed with: {error.AsSentence()}{NextAttempt(now.RetryAfter)}");
        }

        text.Append(' ').Append(explanation ?? "Return leases sooner, make the pool larger, or wait longer.");
        return text.ToString();
    }

    private LeaseHolder[] Holders() =>
        [.. _slots.Where(static slot => slot.IsLeased).OrderBy(static slot => slot.GrantOrder).Select(HolderOf)];

    private LeaseHolder HolderOf(WorkerSlot<T> slot) =>
        new(slot.Holder.ToString()!, slot.LeasedAt.Ago(_time), slot.Ticket, slot.Stack);

    private static string NextAttempt(TimeSpan? retryAfter) =>
        retryAfter is { } time ? $" The next attempt is made in {time.Readable()}." : "";
}
