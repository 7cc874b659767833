namespace Connections.Snmp.Agent;

/// <summary>
/// What a simulated device does wrong. Probabilities are from 0 to 1, and each kind of fault draws from a stream of its own, so that the same seed and
/// requests give the same faults, whatever else is turned on. Immutable; assign another one to <see cref="SimulatedDevice.Faults"/> while the agent runs.
/// </summary>
public sealed record DeviceFaults
{
    /// <summary>A device that does everything right.</summary>
    public static DeviceFaults None { get; } = new();

    /// <summary>The probability that an answer is lost, after the device has done what was asked, a SET too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double ReplyLoss { get; init => field = Probability(value); }

    /// <summary>The probability that an answer is sent twice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Duplication { get; init => field = Probability(value); }

    /// <summary>The probability that an answer is held back by <see cref="ReorderingDelay"/>, so that later ones may overtake it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Reordering { get; init => field = Probability(value); }

    /// <summary>How much longer an answer takes that is held back; 10 ms by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan ReorderingDelay { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(10);

    /// <summary>The probability that random octets, as many as the answer has, leave in its place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Garbage { get; init => field = Probability(value); }

    /// <summary>The probability that an answer bears another request-id than the request.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double WrongRequestId { get; init => field = Probability(value); }

    /// <summary>The probability that an answer of SNMPv3, a Report too, bears another msgID than the request.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double WrongMessageId { get; init => field = Probability(value); }

    /// <summary>The probability that a signed answer bears a wrong signature, as if it had been changed on its way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double WrongDigest { get; init => field = Probability(value); }

    /// <summary>
    /// The probability that a signed answer tells a time 300 s ago, which no manager may take for the present (RFC 3414 section 3.2 step 7), as if it were a replay; a device
    /// that has not been up so long tells the boots before.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double StaleTime { get; init => field = Probability(value); }

    /// <summary>
    /// The probability that a valid SET fails on one of its varbinds, by chance, with commitFailed: it changes nothing (RFC 3416 section 4.2.5; genErr in SNMPv1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double CommitFailure { get; init => field = Probability(value); }

    /// <summary>
    /// The probability that a valid SET fails on one of its varbinds, by chance, with undoFailed: those before it stay changed (RFC 3416 section 4.2.5; genErr in SNMPv1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double UndoFailure { get; init => field = Probability(value); }

    /// <summary>The probability that an answer is cut anywhere, and arrives without its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Truncation { get; init => field = Probability(value); }

    /// <summary>The probability that a request is refused with tooBig; a SET so refused changes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double TooBig { get; init => field = Probability(value); }

    /// <summary>
    /// The most varbinds that the device answers without tooBig, GETBULK included, which a conforming agent cuts instead; null for no such limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? TooBigAbove { get; init => field = AtLeast(0, value); }

    /// <summary>The probability that an answer to GETBULK has fewer varbinds than fit, mostly cut in the middle of a row; at least one remains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double ShortPages { get; init => field = Probability(value); }

    /// <summary>The most varbinds of an answer to GETBULK, after which it is cut, be it in the middle of a row; null for no such limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxVarBinds { get; init => field = AtLeast(1, value); }

    /// <summary>
    /// The largest answer in octets, where it is to be less than <see cref="SimulatedDeviceOptions.MaxMessageSize"/>, which holds in any case; at least
    /// <see cref="SimulatedDeviceOptions.LeastMessageSize"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than the least message size.</exception>
    public int? MaxReplySize { get; init => field = AtLeast(SimulatedDeviceOptions.LeastMessageSize, value); }

    /// <summary>Where walks are sent back; null for a device whose names increase.</summary>
    public MibLoop? Loop { get; init; }

    internal static double Probability(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability is from 0 to 1.");

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    private static int? AtLeast(int least, int? value)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, least);
        }

        return value;
    }
}
