using Polly;

namespace Connections.Pooling;

/// <summary>
/// Times the attempts that follow failed ones: failures in a row are one series of retries, whose delays the governor makes grow. Used
/// under the pool's mutex only.
/// </summary>
/// <param name="governor">What times the retries.</param>
/// <param name="due">Called outside the mutex when a delay is over; it then asks <see cref="IsDue"/>.</param>
internal sealed class Backoff(ConnectGovernor governor, Action<Backoff.Series> due)
{
    private readonly ConnectGovernor _governor = governor;
    private readonly Action<Series> _due = due;
    private readonly TimeProvider _time = governor.Options.TimeProvider;
    private Series? _series;
    private long _armedAt;
    private TimeSpan _delay;
    private bool _hasSucceeded;

    /// <summary>Whether the next attempt waits for its time.</summary>
    public bool IsPending { get; private set; }

    /// <summary>How long until the next attempt; <see langword="null"/> if none waits for its time.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            if (!IsPending)
            {
                return null;
            }

            var remaining = _delay - _time.GetElapsedTime(_armedAt);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    /// <summary>Sets the time of the next attempt after one that failed, unless it is set.</summary>
    public void Arm(Exception error)
    {
        if (IsPending)
        {
            return;
        }

        IsPending = true;
        if (_series is null)
        {
            _series = new Series(this);
            _series.Begin(error);
        }
        else
        {
            _series.Fail(error);
        }
    }

    /// <summary>Says that an attempt succeeded: a failure from now on is the first of another series.</summary>
    public void Succeeded()
    {
        _hasSucceeded = true;
        if (!IsPending)
        {
            End();
        }
    }

    /// <summary>Forgets the next attempt, and the failures before it.</summary>
    public void Disarm()
    {
        IsPending = false;
        End();
    }

    /// <summary>Begins the attempt that a series calls due.</summary>
    /// <returns>Whether it was not forgotten meanwhile.</returns>
    public bool IsDue(Series series)
    {
        if (!ReferenceEquals(series, _series) || !IsPending)
        {
            return false;
        }

        IsPending = false;
        if (_hasSucceeded)
        {
            End();
        }

        return true;
    }

    private void End()
    {
        _hasSucceeded = false;
        var series = _series;
        _series = null;
        series?.Cancel();
    }

    private void OnDelayed(Exception error, TimeSpan delay) => (_armedAt, _delay) = (_time.GetTimestamp(), delay);

    /// <summary>Failures in a row. What it awaits continues inside the mutex, where it touches nothing but timers.</summary>
    internal sealed class Series(Backoff backoff)
    {
        private TaskCompletionSource<Exception> _failure = new();
        private Action? _cancel;
        private bool _isDelayed;

        public void Begin(Exception error)
        {
            Fail(error);
            _ = RunAsync();
        }

        public void Fail(Exception error) => _failure.SetResult(error);

        public void Cancel() => _cancel!();

        private async Task RunAsync()
        {
            using var cancellation = new CancellationTokenSource();
            _cancel = cancellation.Cancel;
            await backoff._governor.RepeatAsync(
                static (series, token) => series.FailAsync(token), this, new RetryPlan(int.MaxValue, backoff.OnDelayed), cancellation.Token).ConfigureAwait(false);
        }

        private async ValueTask<Outcome<bool>> FailAsync(CancellationToken cancellationToken)
        {
            if (_isDelayed)
            {
                _failure = new TaskCompletionSource<Exception>();
                backoff._due(this);
            }

            _isDelayed = true;
            return Outcome.FromException<bool>(await _failure.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
    }
}
