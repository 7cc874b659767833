namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    private readonly Lock _living = new();
    private volatile Boot _boot;
    private long _silentUntil = long.MinValue;

    /// <summary>
    /// How long the device has been up, which computed values go by: since it was added, on top of what its data had then, or since its last restart.
    /// Not negative.
    /// </summary>
    public TimeSpan UpTime
    {
        get
        {
            var boot = _boot;
            var upTime = _clock.GetElapsedTime(boot.Started) + boot.UpBefore;
            return upTime < TimeSpan.Zero ? TimeSpan.Zero : upTime;
        }
    }

    /// <summary>How often the device has started: <see cref="SimulatedDeviceOptions.Boots"/> when it is added, one more with each restart (snmpEngineBoots, RFC 3414 section 2.2).</summary>
    public int Boots => _boot.Number;

    /// <summary>Whether the device answers nothing at present.</summary>
    public bool IsSilent => Volatile.Read(ref _silentUntil) is var until && (until == long.MaxValue || _clock.GetTimestamp() < until);

    /// <summary>
    /// Restarts the device: up time and what is computed from it begin at zero, once the device is back. What was written stays, as in a configuration that was saved.
    /// Answers that are under way still arrive.
    /// </summary>
    /// <param name="downtime">How long the device is silent meanwhile; by default it is back at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public void Restart(TimeSpan downtime = default)
    {
        NotNegative(downtime);
        FallSilent(downtime);
        lock (_living)
        {
            _boot = new Boot(_boot.Number + 1, _clock.GetTimestamp(), -downtime);
        }
    }

    /// <summary>Moves the device's clock, as a correction would, without a restart: its up time jumps, and so does its engine time, to no less than 0.</summary>
    /// <param name="step">Forward, or back where negative.</param>
    public void StepClock(TimeSpan step)
    {
        lock (_living)
        {
            _boot = _boot with { UpBefore = _boot.UpBefore + step };
        }
    }

    /// <summary>Lets the device answer nothing, as if it were dead, from the next datagram on.</summary>
    /// <param name="duration">For how long by the agent's clock; <see cref="Timeout.InfiniteTimeSpan"/> until <see cref="Revive"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative and not infinite.</exception>
    public void FallSilent(TimeSpan duration) => Volatile.Write(ref _silentUntil, duration == Timeout.InfiniteTimeSpan
        ? long.MaxValue
        : _clock.GetTimestamp() + (long)(NotNegative(duration).TotalSeconds * _clock.TimestampFrequency));

    /// <summary>Lets a silent device answer again.</summary>
    public void Revive() => Volatile.Write(ref _silentUntil, long.MinValue);

    /// <summary>One life of the device, from one restart to the next.</summary>
    private sealed record Boot(int Number, long Started, TimeSpan UpBefore);
}
