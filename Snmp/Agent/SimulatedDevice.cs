using System.Net;
using System.Text;

namespace Connections.Snmp.Agent;

/// <summary>
/// A device that an <see cref="SnmpAgent"/> simulates. It takes any number of requests at a time, answers them in order of arrival after its latency, and
/// counts them. All members may be used from any thread.
/// </summary>
public sealed partial class SimulatedDevice
{
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly byte[] _readCommunity;
    private readonly byte[]? _writeCommunity;
    private long _latencyTicks;
    private long _jitterTicks;
    private double _loss;
    private SeededRandom _lossRandom;
    private SeededRandom _jitterRandom;

    internal SimulatedDevice(SimulatedDeviceOptions options, IPEndPoint endPoint, TimeProvider clock)
    {
        Name = options.Name;
        EndPoint = endPoint;
        Data = options.Data;
        MaxMessageSize = options.MaxMessageSize;
        Observer = options.Observer;
        Latency = options.Latency;
        Jitter = options.Jitter;
        Loss = options.Loss;
        _readCommunity = Encoding.UTF8.GetBytes(options.ReadCommunity.Reveal());
        _writeCommunity = options.WriteCommunity is { } community ? Encoding.UTF8.GetBytes(community.Reveal()) : null;
        _lossRandom = new SeededRandom((ulong)options.Seed);
        _jitterRandom = new SeededRandom(~(ulong)options.Seed);
        _clock = clock;
        _started = clock.GetTimestamp();
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Where the device answers: a loopback address and a port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The variables as they were given; <see cref="TryRead"/> tells what they are now.</summary>
    public MibData Data { get; }

    /// <summary>How long the device has been up, which computed values go by.</summary>
    public TimeSpan UpTime => _clock.GetElapsedTime(_started);

    /// <summary>How long the device takes to answer a request that arrives from now on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Latency
    {
        get => new(Volatile.Read(ref _latencyTicks));
        set => Volatile.Write(ref _latencyTicks, NotNegative(value).Ticks);
    }

    /// <summary>The most that is added to <see cref="Latency"/>, by chance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Jitter
    {
        get => new(Volatile.Read(ref _jitterTicks));
        set => Volatile.Write(ref _jitterTicks, NotNegative(value).Ticks);
    }

    /// <summary>The probability that a request is lost on its way to the device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Loss
    {
        get => Volatile.Read(ref _loss);
        set
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "A probability is from 0 to 1.");
            }

            Volatile.Write(ref _loss, value);
        }
    }

    internal int MaxMessageSize { get; }

    internal Action<ArrivedRequest>? Observer { get; }

    /// <summary>What a community may do here.</summary>
    internal CommunityAccess AccessOf(ReadOnlySpan<byte> community)
    {
        if (_writeCommunity is not null && community.SequenceEqual(_writeCommunity))
        {
            return CommunityAccess.ReadWrite;
        }

        return community.SequenceEqual(_readCommunity) ? CommunityAccess.ReadOnly : CommunityAccess.None;
    }

    /// <summary>Whether the next request is lost. Drawn on the agent's thread alone, once a request, so that a seed repeats.</summary>
    internal bool LosesNext() => Loss is var loss and > 0 && _lossRandom.NextDouble() < loss;

    /// <summary>How long the next answer takes. Drawn on the agent's thread alone.</summary>
    internal TimeSpan NextDelay()
    {
        var jitter = Jitter;
        return jitter == TimeSpan.Zero ? Latency : Latency + (jitter * _jitterRandom.NextDouble());
    }

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
