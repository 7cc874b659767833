using System.Collections.Frozen;
using System.Net;
using System.Text;
using Connections.Snmp.Agent.Security;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

/// <summary>
/// A device that an <see cref="SnmpAgent"/> simulates. It takes any number of requests at a time, answers them in order of arrival after its latency, and
/// counts them. All members may be used from any thread.
/// </summary>
public sealed partial class SimulatedDevice
{
    private readonly TimeProvider _clock;
    private readonly byte[] _readCommunity;
    private readonly byte[]? _writeCommunity;
    private readonly bool _speaksV1;
    private readonly bool _speaksV2c;
    private long _latencyTicks;
    private long _jitterTicks;
    private double _loss;
    private DeviceFaults _faults = DeviceFaults.None;
    private SeededRandom _jitterRandom;

    internal SimulatedDevice(SimulatedDeviceOptions options, IPEndPoint endPoint, TimeProvider clock)
    {
        Name = options.Name;
        EndPoint = endPoint;
        DefaultContext = new MibContext(this, "", options.Users.Count > 0 ? EngineVariables.AddTo(options.Data) : options.Data);
        _contexts = options.Contexts.ToFrozenDictionary(
            context => Encoding.UTF8.GetBytes(context.Key), context => new MibContext(this, context.Key, context.Value), OctetComparer.Instance);
        MaxMessageSize = options.MaxMessageSize;
        Observer = options.Observer;
        Latency = options.Latency;
        Jitter = options.Jitter;
        Loss = options.Loss;
        Faults = options.Faults;
        Dice = new FaultDice((ulong)options.Seed);
        _readCommunity = Encoding.UTF8.GetBytes(options.ReadCommunity.Reveal());
        _writeCommunity = options.WriteCommunity is { } community ? Encoding.UTF8.GetBytes(community.Reveal()) : null;
        _speaksV1 = options.SpeaksV1;
        _speaksV2c = options.SpeaksV2c;
        IgnoresUnknownContexts = options.IgnoresUnknownContexts;
        _jitterRandom = new SeededRandom(~(ulong)options.Seed);
        _clock = clock;
        _boot = new Boot(options.Boots, clock.GetTimestamp(), options.Data.InitialUpTime);
        Security = options.Users.Count > 0 ? new DeviceSecurity(options.EngineIdAt(endPoint), options.Users, MaxMessageSize, clock) : null;
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Where the device answers: a loopback address and a port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>
    /// The variables as they were given, and for a device with users those of its SNMP engine; <see cref="TryRead"/> tells what they are now.
    /// </summary>
    public MibData Data => DefaultContext.Data;

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
        set => Volatile.Write(ref _loss, DeviceFaults.Probability(value));
    }

    /// <summary>What else the device does wrong, from the next request on.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public DeviceFaults Faults
    {
        get => Volatile.Read(ref _faults);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _faults, value);
        }
    }

    internal FaultDice Dice { get; }

    internal int MaxMessageSize { get; }

    internal Action<ArrivedRequest>? Observer { get; }

    internal bool IgnoresUnknownContexts { get; }

    /// <summary>Whether the device answers a version under a community.</summary>
    internal bool Speaks(SnmpVersion version) => version == SnmpVersion.V1 ? _speaksV1 : _speaksV2c;

    /// <summary>What a community may do here.</summary>
    internal RequestAccess AccessOf(ReadOnlySpan<byte> community)
    {
        if (_writeCommunity is not null && community.SequenceEqual(_writeCommunity))
        {
            return RequestAccess.ReadWrite;
        }

        return community.SequenceEqual(_readCommunity) ? RequestAccess.ReadOnly : RequestAccess.None;
    }

    /// <summary>How long the next answer takes. Drawn on the agent's thread alone.</summary>
    internal TimeSpan NextDelay()
    {
        var jitter = Jitter;
        var delay = jitter == TimeSpan.Zero ? Latency : Latency + (jitter * _jitterRandom.NextDouble());
        var faults = Faults;
        return Dice.Happens(FaultKind.Reordering, faults.Reordering) ? delay + faults.ReorderingDelay : delay;
    }

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
