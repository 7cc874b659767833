namespace Connections.Pooling;

/// <summary>
/// Failures to create that are final: trying again by itself would fail again, and may lock a user out. Only a request has it tried again, once, and each time
/// later.
/// </summary>
public sealed partial class WorkerPool<T>
{
    // Final failures since a worker was created; attempts made side by side count each.
    private int _refusals;
    private long _refusedAt;

    private bool IsRefused => _refusals > 0;

    private bool IsPausing => PauseLeft > TimeSpan.Zero;

    /// <summary>How long no request has it tried again; <see langword="null"/> if the last failure was not final.</summary>
    private TimeSpan? PauseLeft
    {
        get
        {
            if (!IsRefused)
            {
                return null;
            }

            var options = _governor.Options;
            var pause = Math.Min(options.RetryDelay.Ticks * Math.Pow(2, _refusals - 1), options.MaxRetryDelay.Ticks);
            var left = TimeSpan.FromTicks((long)pause) - _time.GetElapsedTime(_refusedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private static bool IsFinal(Exception error) => error is IConnectionError { IsTransient: false };

    private void CountRefusal()
    {
        _failures = Math.Max(_failures, _options.MaxCreateFailures);
        _refusals++;
        _refusedAt = _time.GetTimestamp();
    }

    // Requests that have no worker alive to wait for are refused while it is paused, so that those that wait are worth an attempt.
    private bool MayTryRefused(bool isAsked) => _live == 0 || (isAsked && !IsPausing);
}
